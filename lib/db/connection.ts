import type { Db } from "./db.ts";

/** An open database. */
export interface Connection {
  db: Db;
  /** Which driver serves it. */
  driver: "neon" | "postgres" | "pglite";
  close(): Promise<void>;
}
