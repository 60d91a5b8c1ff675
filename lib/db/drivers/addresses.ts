import type { Config } from "../../config/config-shape.ts";
import { AppError } from "../../errors.ts";

/**
 * The address of a database as `host:port/database`, without user, password and options. Neon's pooled and unpooled addresses
 * of one database give the same result.
 */
export function addressOf(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  const host = hostname.toLowerCase();
  const endpoint = isNeon(host) ? host.replace(/^([^.]+?)-pooler\./, "$1.") : host;
  return `${endpoint}:${port || "5432"}${decodeURIComponent(pathname)}`;
}

const isNeon = (host: string): boolean => host.endsWith(".neon.tech");

/**
 * The URL that migrations use: the unpooled one if it is set, because poolers share connections between transactions.
 * @throws AppError `misconfigured` if the two URLs name different databases at Neon.
 */
export function migrationUrl({ database }: Pick<Config, "database">): string | undefined {
  const { main, unpooled } = database;
  if (main === undefined || unpooled === undefined) return (unpooled ?? main)?.url;
  const hosts = [main, unpooled].map(({ url }) => new URL(url).hostname.toLowerCase());
  // Outside Neon the two addresses may differ entirely: a pooler can run on another machine.
  if (hosts.some(isNeon) && addressOf(main.url) !== addressOf(unpooled.url)) {
    throw new AppError(
      "misconfigured",
      `${unpooled.setting}: expected the database of ${main.setting} without its pooler, got another one; ` +
        `set both to the same database, or remove ${unpooled.setting}`,
    );
  }
  return unpooled.url;
}

/** All addresses of this deployment's database in its settings. */
export function ownAddresses(config: Pick<Config, "database">): string[] {
  const urls = [config.database.main?.url, migrationUrl(config)].filter((url) => url !== undefined);
  return [...new Set(urls.map(addressOf))];
}
