import * as z from "zod";
import { viewers } from "../../http/access.ts";
import { line, whole } from "../../http/fields.ts";
import { operation } from "../../http/operation.ts";
import type { JobRegistry } from "../../jobs/registry.ts";
import { bookingHit, searchBookings } from "./search-bookings.ts";
import { mailHit, searchMails } from "./search-mails.ts";
import { memberHit, searchMembers } from "./search-members.ts";
import { executionHit, jobHit, searchExecutions, searchJobs } from "./search-runs.ts";
import { searchText } from "./search-text.ts";

const EXPECTED = "a text of 2 to 100 characters";

const hits = z
  .object({
    members: z.array(memberHit),
    bookings: z.array(bookingHit).meta({ description: "Of the same rank upcoming ones first." }),
    jobs: z.array(jobHit),
    executions: z.array(executionHit).meta({ description: "Only of a date such as 2026-02-03 or 3.2., or of an id." }),
    mails: z.array(mailHit).meta({ description: "Of the same rank the newest first." }),
  })
  .meta({
    id: "SearchHits",
    description: "What has the text, by kind: first what begins with it, then what contains it.",
  });

const search = (jobs: JobRegistry) =>
  operation({
    id: "search",
    method: "GET",
    path: "/api/admin/search",
    access: viewers,
    summary: "Finds members, bookings, jobs, executions and mails by a part of a name, an address, a subject or an id.",
    description:
      "Text inside names is looked for among the first 100,000 members, the 10,000 bookings before and after now, and the newest 20,000 mails.",
    sampleQuery: { q: "ada" },
    query: z.strictObject({
      q: line(100)
        .refine((text) => searchText(text).text.length >= 2, { error: EXPECTED })
        .meta({ description: "What to look for.", examples: ["ada"] }),
      limit: whole(1, 10).default(5).meta({ description: "The most hits of each kind." }),
    }),
    responses: { 200: { description: "The hits.", schema: hits } },
    handle: async ({ db, query: { q, limit }, now }) => {
      const text = searchText(q);
      const members = searchMembers(db, text, limit);
      const [found, bookings, executions, mails] = await Promise.all([
        members,
        searchBookings(db, text, limit, now),
        searchExecutions(db, jobs, text, limit, now),
        members.then((known) => {
          const ids = known.map(({ id }) => id);
          return searchMails(db, text, ids, limit);
        }),
      ]);
      return { members: found, bookings, jobs: searchJobs(jobs, text, limit), executions, mails };
    },
  });

export const operations = (jobs: JobRegistry) => [search(jobs)];
