import type { Config } from "../../config/config-shape.ts";
import { AppError } from "../../errors.ts";

/**
 * Where a database is, as one name for its pooled and its unpooled address at Neon: `host:port/database`. Users, passwords
 * and options are left out.
 */
export function addressOf(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  const host = hostname.toLowerCase();
  const endpoint = isNeon(host) ? host.replace(/^([^.]+?)-pooler\./, "$1.") : host;
  return `${endpoint}:${port || "5432"}${decodeURIComponent(pathname)}`;
}

const isNeon = (host: string): boolean => host.endsWith(".neon.tech");

/**
 * What migrations are sent to: the unpooled address where one is set, since poolers share connections between transactions.
 * @throws AppError `misconfigured` where that is another database at Neon than the one that requests go to.
 */
export function migrationUrl({ database }: Pick<Config, "database">): string | undefined {
  const { main, unpooled } = database;
  if (main === undefined || unpooled === undefined) return (unpooled ?? main)?.url;
  const hosts = [main, unpooled].map(({ url }) => new URL(url).hostname.toLowerCase());
  // Elsewhere the two may have nothing in common: a pooler can be another machine.
  if (hosts.some(isNeon) && addressOf(main.url) !== addressOf(unpooled.url)) {
    throw new AppError(
      "misconfigured",
      `${unpooled.setting}: expected the database of ${main.setting} without its pooler, got another one; ` +
        `set both to the same database, or take ${unpooled.setting} away`,
    );
  }
  return unpooled.url;
}

/** All addresses by which this deployment's settings name its database. */
export function ownAddresses(config: Pick<Config, "database">): string[] {
  const urls = [config.database.main?.url, migrationUrl(config)].filter((url) => url !== undefined);
  return [...new Set(urls.map(addressOf))];
}
