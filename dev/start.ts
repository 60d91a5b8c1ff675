/**
 * `npm start`: all of Taktwerk on one machine. The first line appears before anything else is loaded. With `--once` it ends
 * after the evaluation; exit code 0 evaluated, 1 failed.
 */
console.log("Taktwerk starts on this machine. The first start takes about a minute, later ones a few seconds.\n");

// Dynamic, so that the line above does not wait for it.
const { runLocally } = await import("./local-run.ts");
await runLocally(process.argv.slice(2));

export {};
