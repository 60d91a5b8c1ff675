import { describe, expect, it } from "vitest";
import { patternOf } from "../../../lib/server/headers.ts";

describe("a source of vercel.json", () => {
  it("takes everything literally but groups", () => {
    const pattern = patternOf("/tracker.(js|mjs|d\\.ts)");
    for (const path of ["/tracker.js", "/tracker.mjs", "/tracker.d.ts"]) expect(path).toMatch(pattern);
    for (const path of ["/trackerxjs", "/tracker.dxts", "/tracker.jsx", "/a/tracker.js", "/Tracker.js"]) {
      expect(path).not.toMatch(pattern);
    }
  });

  it("may look ahead within a group", () => {
    const pattern = patternOf("/api/((?!openapi\\.json$).*)");
    for (const path of ["/api/health", "/api/openapi.json.x", "/api/"]) expect(path).toMatch(pattern);
    for (const path of ["/api/openapi.json", "/api", "/x/api/health"]) expect(path).not.toMatch(pattern);
  });

  it.each(["/api/:path*", "/a(b)?", "/{a}", "/a*"])(
    "is refused as %s, which the platform reads otherwise",
    (source) => {
      expect(() => patternOf(source)).toThrow("vercel.json: expected a source of paths and groups");
    },
  );
});
