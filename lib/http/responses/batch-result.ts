import * as z from "zod";

/** What clients read about a batch. */

const itemError = z
  .object({
    code: z.enum([
      "invalid-item",
      "duplicate",
      "unknown-user",
      "unknown-exercise",
      "unknown-provider",
      "unknown-service",
      "in-use",
    ]),
    field: z
      .string()
      .meta({ description: "The path of the wrong field in the item.", examples: ["activities[0].unit"] }),
    expected: z.string(),
    got: z.string(),
  })
  .meta({ id: "ItemError", description: "What is wrong with an item." });

const itemResult = z
  .object({
    index: z.int().meta({ description: "The item's position in the batch, from 0." }),
    id: z.string().nullable().meta({ description: "The item's id or key; null if it has none that can be read." }),
    status: z.enum(["created", "updated", "unchanged", "deleted", "not-found", "error"]),
    error: itemError.optional(),
  })
  .meta({ id: "ItemResult", description: "What became of an item. `error` is there if its status is `error`." });

export const batchResult = z
  .object({
    taken: z.int().meta({ description: "The number of items that were accepted." }),
    failed: z.int().meta({ description: "The number of items that were refused." }),
    results: z.array(itemResult).meta({ description: "One for each item, in the order of the batch." }),
  })
  .meta({ id: "BatchResult", description: "What became of each item of a batch." });

export type ItemError = z.output<typeof itemError>;
export type ItemResult = z.output<typeof itemResult>;
export type BatchResult = z.output<typeof batchResult>;

/** The answers of a batch. @param schema `batchResult`, or one with more fields. */
export const batchResponses = <S extends z.ZodType>(schema: S) => ({
  200: { description: "Every item was accepted.", schema },
  207: {
    description: "Some items were accepted; the results of the others say what is wrong with them.",
    schema,
  },
  422: { description: "No item was accepted, or the body is not such a list.", schema },
});
