/** The response of `/api/health`. */

export interface Health {
  status: Finding["status"];
  /** By what is looked at and which of its measures, `mail:server`. */
  checks?: Record<string, Finding[]>;
}

export interface Finding {
  status: "pass" | "warn" | "fail";
  output?: string;
}
