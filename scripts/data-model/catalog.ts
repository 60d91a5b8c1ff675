import { sql } from "drizzle-orm";
import { rows } from "../../lib/db/db.ts";
import { openPglite } from "../../lib/db/drivers/embedded.ts";

/** A table as the migrations make it. `name` has its schema in front unless that is `public`. */
export interface CatalogTable {
  name: string;
  unlogged: boolean;
  /** `RANGE (received_at)`, or null. */
  partitionedBy: string | null;
  /** `fillfactor=80`, or null. */
  options: string | null;
  columns: CatalogColumn[];
  constraints: CatalogConstraint[];
  indexes: CatalogIndex[];
  /** How many rows the migrations insert. */
  seeded: number;
}

export interface CatalogColumn {
  name: string;
  type: string;
  nullable: boolean;
  /** The expression of a generated column. */
  generated: string | null;
  /** Stored outside the row, without compression. */
  external: boolean;
}

export interface CatalogConstraint {
  name: string;
  kind: "primary key" | "foreign key" | "unique" | "check" | "exclusion";
  columns: string[];
  /** The table that a foreign key refers to. */
  target: string | null;
  definition: string;
}

/** An index that carries no constraint. */
export interface CatalogIndex {
  name: string;
  unique: boolean;
  definition: string;
}

const NAME = sql.raw(`case n.nspname when 'public' then '' else n.nspname || '.' end || c.relname`);

/** Migrates an empty database in memory and reads its catalog: the tables of all schemas, by name. */
export async function readCatalog(): Promise<{ tables: CatalogTable[]; extensions: string[] }> {
  const { db, close } = await openPglite();
  try {
    const tables = await rows<Omit<CatalogTable, "seeded">>(
      db,
      sql`select ${NAME} as name, c.relpersistence = 'u' as unlogged, pg_get_partkeydef(c.oid) as "partitionedBy",
          array_to_string(c.reloptions, ', ') as options,
          (select jsonb_agg(jsonb_build_object('name', attname, 'type', format_type(atttypid, atttypmod),
              'nullable', not attnotnull, 'external', attstorage = 'e' and atttypid = 'text'::regtype,
              'generated', case when attgenerated <> '' then pg_get_expr(adbin, adrelid) end) order by attnum)
            from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
            where attrelid = c.oid and attnum > 0 and not attisdropped) as columns,
          coalesce((select jsonb_agg(jsonb_build_object('name', conname, 'kind', case contype when 'p' then 'primary key'
              when 'f' then 'foreign key' when 'u' then 'unique' when 'c' then 'check' else 'exclusion' end,
              'columns', (select jsonb_agg(attname order by place) from unnest(conkey) with ordinality as _ (key, place)
                join pg_attribute on attrelid = conrelid and attnum = key),
              'target', nullif(confrelid, 0)::regclass::text, 'definition', pg_get_constraintdef(oid)) order by conname)
            from pg_constraint where conrelid = c.oid and contype in ('p', 'f', 'u', 'c', 'x')), '[]') as constraints,
          coalesce((select jsonb_agg(jsonb_build_object('name', i.relname, 'unique', indisunique,
              'definition', pg_get_indexdef(indexrelid)) order by i.relname)
            from pg_index join pg_class i on i.oid = indexrelid
            where indrelid = c.oid and not exists (select from pg_constraint where conindid = indexrelid)), '[]') as indexes
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and not c.relispartition
          and n.nspname not in ('pg_catalog', 'information_schema', 'drizzle')
        order by n.nspname <> 'public', n.nspname, c.relname`,
    );
    const counts = await rows<{ name: string; seeded: number }>(
      db,
      sql.raw(
        tables.map(({ name }) => `select '${name}' as name, count(*)::int as seeded from ${name}`).join(" union all "),
      ),
    );
    const seeded = new Map(counts.map((count) => [count.name, count.seeded]));
    const extensions = await rows<{ name: string }>(
      db,
      sql`select extname as name from pg_extension where extname <> 'plpgsql' order by 1`,
    );
    return {
      tables: tables.map((table) => ({ ...table, seeded: seeded.get(table.name) ?? 0 })),
      extensions: extensions.map(({ name }) => name),
    };
  } finally {
    await close();
  }
}
