import { describe, expect, it } from "vitest";
import { pageAt } from "../../../lib/server/page-paths.ts";
import hobby from "../../../vercel.hobby.json" with { type: "json" };
import vercel from "../../../vercel.json" with { type: "json" };
import { PATHS } from "../../../web/console/routing/paths.ts";

/** Every path, with and without what its parameters stand for. */
const paths = Object.values(PATHS).flatMap((path) => [
  path.replaceAll(/\/:\w+\?/g, ""),
  path.replaceAll(/:\w+\?/g, "01JABC-d%20e.f"),
]);

describe("the paths of the console", () => {
  it.each([...new Set(paths)].filter(Boolean).filter((path) => path !== "/"))("lead from %s to its page", (path) => {
    expect(pageAt(path)).toBe("/index.html");
  });

  it.each(["/api", "/api/runs", "/booking.html", "/api.html", "/dev/mailbox", "/runsx", "/assets/x.js", "/nothing"])(
    "do not take %s",
    (path) => {
      expect(pageAt(path)).toBeUndefined();
    },
  );

  it("are the same in every kind of deployment", () => {
    expect(hobby.rewrites).toEqual(vercel.rewrites);
  });
});
