import { Client } from "pg";

/** A plan as `explain (format json)` writes it. */
export interface Explained {
  Plan: object;
  /** There where the server would compile the statement. */
  JIT?: { Functions: number };
}

const EXPLAINABLE = /^\s*(select|with|insert|update|delete)\b/i;

/**
 * A class of clients, for a pool's option `Client`, that have every statement explained on their own connection before it
 * runs: with the settings, statistics and parameters it runs with.
 */
export function explainingClient(take: (statement: string, explained: Explained) => void): typeof Client {
  return class extends Client {
    // biome-ignore lint/suspicious/noExplicitAny: one method with seven signatures
    override query(...call: any[]): any {
      const [first, values] = call;
      const text: string = typeof first === "string" ? first : first.text;
      const explainable = EXPLAINABLE.test(text) && typeof call.at(-1) !== "function";
      // biome-ignore lint/suspicious/noExplicitAny: as above
      const run = (...args: any[]) => (super.query as any)(...args);
      if (!explainable) return run(...call);
      return run(`explain (format json) ${text}`, values ?? first.values).then(
        ({ rows }: { rows: [{ "QUERY PLAN": [Explained] }] }) => {
          take(text, rows[0]["QUERY PLAN"][0]);
          return run(...call);
        },
      );
    }
  } as typeof Client;
}
