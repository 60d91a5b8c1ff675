/** A line for a shell that calls an operation as its examples say. */

/** What stands for each secret; a shell has them in variables. */
const VARIABLES = {
  cronSecret: "$CRON_SECRET",
  adminToken: "$ADMIN_TOKEN",
  userToken: "$USER_TOKEN",
  siteWriteKey: "$SITE_WRITE_KEY",
  siteReadKey: "$SITE_READ_KEY",
  cancelToken: "$CANCEL_TOKEN",
};

/** @param {Record<string, any>} operation With its method and path. @param {string} origin Where it is to be sent. */
export function curlOf({ method, path, parameters, security, requestBody }, origin) {
  const given = (where) => parameters.filter((one) => one.in === where && (one.required || one.example !== undefined));
  const segments = Object.fromEntries(given("path").map((one) => [one.name, exampleOf(one)]));
  const place = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(segments[name]));
  const query = new URLSearchParams(given("query").map((one) => [one.name, exampleOf(one)])).toString();
  const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const [secret] = security.flatMap((one) => Object.keys(one));
  return [
    method === "GET" ? "curl" : `curl -X ${method}`,
    ...(secret ? [`-H "Authorization: Bearer ${VARIABLES[secret]}"`] : []),
    ...given("header").map((one) => `-H ${quoted(`${one.name}: ${exampleOf(one)}`)}`),
    ...(content?.example === undefined
      ? []
      : [`-H 'Content-Type: ${type}'`, `-d ${quoted(JSON.stringify(content.example))}`]),
    quoted(`${origin}${place}${query && `?${query}`}`),
  ].join(" ");
}

const exampleOf = ({ example, schema }) =>
  String(example ?? schema.examples?.[0] ?? schema.enum?.[0] ?? schema.default ?? "…");

/** In single quotes a shell takes everything as it stands. */
const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
