import { customType, timestamp } from "drizzle-orm/pg-core";

/** An identifier from the platform. It is compared byte by byte, in any locale of the database. */
export const identifier = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });

/** An instant: `timestamptz`, a Date in code. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
