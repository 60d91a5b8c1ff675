"use strict";

/**
 * Runs before every command of package.json and stops an old Node with a sentence that says what to do. `npm ci` installs
 * Node 24 as a package, and npm puts it first on the path. Where npm did not run the install script of that package, the
 * commands use the Node of the machine if it is new enough.
 *
 * The syntax is old on purpose: every Node has to be able to read this file.
 */
var fs = require("fs");
var path = require("path");

/** The oldest Node that runs the sources: it strips types and knows `import.meta.main`. */
var OLDEST = [24, 2];

/** Returns a sentence that says what is wrong with this Node and what to do; undefined if it is new enough. */
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
