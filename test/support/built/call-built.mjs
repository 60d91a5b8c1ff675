// Loads one built function as the platform does, in a process of its own with nothing else of the project in reach,
// sends it the one request described in the argument, and prints the answer. Plain JavaScript: it starts cold. Ends with
// the answer, or, where asked to, when the work behind it is done too.
const { handler, method, url, headers, body: sent, background = false } = JSON.parse(process.argv[2]);
const module = await import(handler);
const response = await module[method](new Request(url, { method, headers, body: sent }));
const body = await response.text();
process.stdout.write(
  `${JSON.stringify({ status: response.status, headers: [...response.headers], body })}\n`,
  () => background || process.exit(0),
);
