/** Builds a curl command for an operation from its examples. */

/** The shell variable for each secret. */
const VARIABLES = {
  cronSecret: "$CRON_SECRET",
  adminToken: "$ADMIN_TOKEN",
  apiToken: "$API_TOKEN",
  userToken: "$USER_TOKEN",
  siteWriteKey: "$SITE_WRITE_KEY",
  siteReadKey: "$SITE_READ_KEY",
  cancelToken: "$CANCEL_TOKEN",
};

/** @param {Record<string, any>} operation With its method and path. @param {string} origin The server's origin. */
export function curlOf({ method, path, parameters = [], security, requestBody }, origin) {
  const used = (where) =>
    parameters.filter((item) => item.in === where && (item.required || item.example !== undefined));
  const segments = Object.fromEntries(used("path").map((item) => [item.name, exampleOf(item)]));
  const place = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(segments[name]));
  const query = new URLSearchParams(used("query").map((item) => [item.name, exampleOf(item)])).toString();
  const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const [secret] = security.flatMap((item) => Object.keys(item));
  return [
    method === "GET" ? "curl" : `curl -X ${method}`,
    ...(secret ? [`-H "Authorization: Bearer ${VARIABLES[secret]}"`] : []),
    ...used("header").map((item) => `-H ${quoted(`${item.name}: ${exampleOf(item)}`)}`),
    ...(content?.example === undefined
      ? []
      : [`-H 'Content-Type: ${type}'`, `-d ${quoted(JSON.stringify(content.example))}`]),
    quoted(`${origin}${place}${query && `?${query}`}`),
  ].join(" ");
}

const exampleOf = ({ example, schema }) =>
  String(example ?? schema.examples?.[0] ?? schema.enum?.[0] ?? schema.default ?? schema.minimum ?? "…");

/** Quotes a text for the shell; single quotes keep every character. */
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
