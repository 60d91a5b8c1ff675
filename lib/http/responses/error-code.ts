import * as z from "zod";
import { type ErrorCode, HTTP_STATUS } from "../../errors.ts";

export const errorCode = z
  .enum(Object.keys(HTTP_STATUS) as [ErrorCode, ...ErrorCode[]])
  .meta({ id: "ErrorCode", description: "For machines. Codes are stable." });
