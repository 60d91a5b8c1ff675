/** What a table holds, in one line, and the files that write its rows. */
export interface TableNote {
  holds: string;
  writtenBy: readonly string[];
}

/** A relation that no foreign key declares: `from` names rows of `to` by these columns. */
export interface Reference {
  from: string;
  to: string;
  by: string;
}

export interface Area {
  title: string;
  about?: string;
  tables: Readonly<Record<string, TableNote>>;
  references?: readonly Reference[];
}

export const note = (holds: string, ...writtenBy: string[]): TableNote => ({ holds, writtenBy });

/** Relations of many tables to one, by the same column. */
export const referencesTo = (to: string, by: string, ...from: string[]): Reference[] =>
  from.map((table) => ({ from: table, to, by }));
