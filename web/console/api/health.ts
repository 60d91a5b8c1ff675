/** The response of `/api/health`. */

export interface Health {
  status: Finding["status"];
  /** By component and measure, such as `mail:server`. */
  checks?: Record<string, Finding[]>;
}

export interface Finding {
  status: "pass" | "warn" | "fail";
  output?: string;
}
