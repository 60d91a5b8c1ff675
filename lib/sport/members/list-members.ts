import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { type Db, json, rows } from "../../db/db.ts";
import { viewers } from "../../http/access.ts";
import { line } from "../../http/fields.ts";
import { operation } from "../../http/operation.ts";
import { keyPart, listOf, pageQuery, sortKey, toPage } from "../../http/responses/pages.ts";
import { memberFields, memberItem } from "./member-schemas.ts";

const STATES = ["active", "inactive", "no-address", "opted-out"] as const;

const listQuery = z.strictObject({
  search: line(100)
    .trim()
    .min(1, { error: "a part of a name, an address or an id" })
    .optional()
    .meta({ description: "Only members whose name, nickname, address or id contains this text." }),
  state: z.enum(STATES).optional().meta({
    description: "Only members who are evaluated or not, have no address, or opted out of summary mails.",
  }),
  ...pageQuery(sortKey(keyPart.text, keyPart.text), { most: 200, usual: 50 }),
});

type ListQuery = z.output<typeof listQuery>;

export const listMembers = operation({
  id: "listMembers",
  method: "GET",
  path: "/api/admin/members",
  access: viewers,
  summary: "Lists members by name, with their points in the newest evaluated week.",
  sampleQuery: { search: "an" },
  query: listQuery,
  responses: { 200: { description: "The members.", schema: listOf("MemberList", memberItem) } },
  handle: async ({ db, query }) => {
    const members = await readMembers(db, query);
    return toPage(
      members,
      query.limit,
      ({ sortName, id }) => [sortName, id],
      ({ sortName, ...member }) => member,
    );
  },
});

type MemberRow = z.input<typeof memberItem> & { sortName: string };

/** Lists by `users_name`, an index, so that a page is short work however many members there are. */
const SORT_NAME = sql`lower(coalesce(nickname, first_name, id)) collate "C"`;

function readMembers(db: Db, { limit, cursor, search, state }: ListQuery): Promise<MemberRow[]> {
  const conditions = [
    search === undefined ? sql`true` : contains(search),
    inState(state),
    cursor === undefined ? sql`true` : sql`(${SORT_NAME}, id) > (${cursor[0]}, ${cursor[1]} collate "C")`,
  ];
  return rows(
    db,
    sql`with member as materialized (
        select *, ${SORT_NAME} as sort_name from users
        where ${sql.join(conditions, sql` and `)}
        order by ${SORT_NAME}, id limit ${limit + 1})
      select sort_name as "sortName", ${memberFields(sql`member`)},
        case when result.user_id is not null
          then json_build_object('points', result.total_points, 'workouts', result.total_workouts) end as "lastWeek"
      from member left join weekly_results as result on result.user_id = member.id
        and result.week_start = (select max(period_start) from period_totals where period_kind = 'week')
      order by sort_name, id`,
  );
}

/** The text is searched as it is: `%` and `_` have no meaning. */
const contains = (search: string): SQL => {
  const pattern = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
  return sql`(nickname ilike ${pattern} or first_name ilike ${pattern} or email ilike ${pattern} or id ilike ${pattern})`;
};

const inState = (state: ListQuery["state"]): SQL => {
  if (state === "active" || state === "inactive") return sql`is_active = ${state === "active"}`;
  if (state === "no-address") return sql`email is null`;
  return state === "opted-out" ? sql`preferences @> ${json({ notifications: { email: false } })}` : sql`true`;
};
