import { attendance } from "./en/attendance.ts";
import { jobWords } from "./en/jobs.ts";
import { mail } from "./en/mail.ts";
import { shellWords } from "./en/shell.ts";
import { site } from "./en/site.ts";
import { slots } from "./en/slots.ts";
import { sport } from "./en/sport.ts";

/** All texts of the console by tab. `de.ts` holds the same in German; the type makes sure that none is missing. */
export type Words = typeof shellWords &
  typeof jobWords & {
    mail: typeof mail;
    slots: typeof slots;
    attendance: typeof attendance;
    site: typeof site;
    sport: typeof sport;
  };

export const en: Words = { ...shellWords, ...jobWords, mail, slots, attendance, site, sport };
