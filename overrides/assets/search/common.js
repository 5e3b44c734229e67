/* What several parts of the search engine use. The parts are the modules of
   generator/search; docs/search.md specifies both and a test compares them. The build puts
   them into one function, search.js, loaded when a villager first means to search. Scripts
   only, so that it also works from file://. ES2017. */
var WRITTEN = 0, SOUND = 1, INITIALS = 2;
var SINGLE = 0.4, ALIKE = 0.75, MASS = 20, NAME_BOOST = 1.5;
var COVERED = 0.9, LIKE = 0.5, CONTAINED = 0.9, BM25 = 1.5, VILLAGE = 0.5, GONE = 0.5;
var CANDIDATES = 40, CONFIDENT = 1.05, CERTAIN = 1.25, BRIEF = 4, NAMED = 1.6, WORTH_SHOWING = 0.8, FIRST = 3, NEAR = 0.4;
var LONGEST_SYLLABLE = 6, SKIPPED = 4, MOST_INITIALS = 8, LONGEST_CALLED = 3;
var SLICE = 12; /* milliseconds of indexing between two looks at what the user does */
var GAP = "\n";
var DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_$";
var RUN = /[a-z]+|[0-9]+|[\u3400-\u9fff]+/g;
var H_AS_F = { hu: "fu", hua: "fa", huan: "fan", huang: "fang", hui: "fei", hun: "fen" };
var ENDINGS = [[/(ss|us|is)$/, "$1"], [/ies$/, "y"], [/(sh|ch|x|z|ss)es$/, "$1"], [/s$/, ""]];

/* After what the browser has to do first; a timer would wait 4 ms more each time. */
function soon(act) {
  var channel = new MessageChannel();
  channel.port1.onmessage = act;
  channel.port2.postMessage(null);
}

function pushed(lists, key, value) {
  var list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
function unique(values) { return Array.from(new Set(values)); }
function split(text, by) { return text ? text.split(by || "|") : []; }
function runs(text) { return text.match(RUN) || []; }
function isHan(character) { return character >= "\u3400" && character <= "\u9fff"; }
function isLatin(character) { return character >= "a" && character <= "z"; }
function sum(values) { return values.reduce(function (a, b) { return a + b; }, 0); }
function round(value) { return Math.round(value * 1e6) / 1e6; }
