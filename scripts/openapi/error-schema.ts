import * as z from "zod";
import { errorCode } from "../../lib/http/responses/error-code.ts";

/** The body of every error. */
export const errorResponse = z
  .object({
    status: z.literal("error"),
    error: z.object({
      code: errorCode,
      message: z.string().meta({ description: "A sentence for people." }),
      requestId: z.string().meta({ description: "The id of the request in the log." }),
      field: z.string().optional().meta({ description: "The wrong field, such as `workouts[3].startTime`." }),
      expected: z.string().optional(),
      got: z.string().optional(),
    }),
  })
  .meta({ id: "ErrorResponse", description: "Every error has this form." });
