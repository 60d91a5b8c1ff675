import { defineConfig } from "drizzle-kit";
import { config } from "./lib/config/config.ts";
import { migrationUrl } from "./lib/db/drivers/addresses.ts";

const url = migrationUrl(config());

export default defineConfig({
  dialect: "postgresql",
  schema: "./lib/**/*schema.ts",
  out: "./drizzle",
  ...(url === undefined ? {} : { dbCredentials: { url } }),
});
