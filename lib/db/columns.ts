import { customType, timestamp } from "drizzle-orm/pg-core";

/** An identifier the platform gives us: compared byte by byte, whatever the database's locale. */
export const identifier = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });

/** An instant: `timestamptz`, a Date in code. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
