/** Made by the build (scripts/console/icons.ts): what is inside the `<svg>` of each icon of `ICON_NAMES`. */
declare module "icon-shapes" {
  const shapes: Readonly<Record<string, string>>;
  export default shapes;
}
