/** Made by the build (scripts/console/example-sources.ts): the code of each example, by the function's name. */
declare module "example-sources" {
  const sources: Readonly<Record<string, string>>;
  export default sources;
}
