"use strict";

/**
 * Runs before every command of package.json. `npm ci` brings Node 24 as a package, and npm puts it first on the path; where its
 * install script was not run (`ignore-scripts`, or an npm that asks before it runs any), the machine's own Node is used if it
 * is new enough, and otherwise this stops with one sentence that says what to do.
 *
 * Old syntax on purpose: any Node has to be able to read this file.
 */
var fs = require("fs");
var path = require("path");

/** The oldest Node that runs the sources as they are: it strips types and knows `import.meta.main`. */
var OLDEST = [24, 2];

/** Returns what is wrong with this Node, as a sentence that says what to do; undefined where nothing is. */
function complaint(version, installed) {
  var parts = version.split(".").map(Number);
  if (parts[0] > OLDEST[0] || (parts[0] === OLDEST[0] && parts[1] >= OLDEST[1])) return undefined;
  var wanted = "Taktwerk needs Node " + OLDEST.join(".") + " or newer, and this is Node " + version + ": ";
  if (!installed) return wanted + 'run "npm ci", which brings its own.';
  return (
    wanted +
    'npm did not run the install script of the package "node", which brings its own. ' +
    'Run "npm rebuild --ignore-scripts=false", or install Node 24, and try again.'
  );
}

module.exports = { complaint: complaint };

function main() {
  var installed = fs.existsSync(path.join(__dirname, "../node_modules/node"));
  var sentence = complaint(process.versions.node, installed);
  if (sentence === undefined) return;
  console.error(sentence);
  process.exitCode = 1;
}

if (require.main === module) main();
