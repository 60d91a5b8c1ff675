import type { ComponentType } from "preact";

/** What a page of the console receives. */
export interface PageProps {
  /** The parameters of its path, such as `job` of `/runs/weekly`. A page keeps its state while only these change. */
  params: Readonly<Record<string, string | undefined>>;
}

/** A page's module, loaded when the page is opened. */
export interface PageModule {
  default: ComponentType<PageProps>;
}
