import { sql } from "drizzle-orm";
import { connect } from "../../../lib/db/client.ts";
import { createDatabase } from "./databases.ts";

/** Creates a database of its own on the real server, with nothing in it. @returns its URL. */
export async function createBlankDatabase(): Promise<string> {
  const url = await createDatabase();
  const { db, close } = await connect(url);
  await db.execute(sql`drop schema public, raw, staging, business, drizzle cascade`);
  await db.execute(sql`create schema public`);
  await close();
  return url;
}
