/* generator/search/sounds.py */
function fold(syllable) {
  var sound = syllable.replace(/^([zcs])h/, "$1").replace(/^n/, "l").replace(/([ie])ng$/, "$1n");
  return H_AS_F[sound] || sound;
}

function commonCharacters() {
  var bytes = [];
  for (var high = 0xb0; high < 0xd8; high++)
    for (var low = 0xa1; low < 0xff; low++)
      if (high < 0xd7 || low < 0xfa) bytes.push(high, low);
  return new TextDecoder("gbk").decode(new Uint8Array(bytes));
}

function Sounds(lengths, readings) {
  var of = new Map(), characters = commonCharacters(), at = 0, known = new Set();
  lengths.split(" ").forEach(function (group) {
    var start = group.split(":")[0];
    group.slice(start.length).replace(/([a-z]+)([0-9]+)/g, function (all, final, length) {
      known.add(start + final);
      for (var end = at + Number(length); at < end; at++) of.set(characters[at], [start + final]);
    });
  });
  readings.replace(/([^a-z])([a-z]+)/g, function (all, character, syllable) {
    known.add(syllable);
    if (of.has(character)) of.get(character).push(syllable);
    else of.set(character, [syllable]);
  });
  this.of = of;
  this.known = known;
  this.folded = new Map();
}

Sounds.prototype.alike = function (character) {
  var found = this.folded.get(character);
  if (!found) {
    found = unique((this.of.get(character) || []).map(fold));
    this.folded.set(character, found);
  }
  return found;
};

Sounds.prototype.initials = function (character) {
  return unique((this.of.get(character) || []).map(function (each) { return each[0]; }));
};

Sounds.prototype.syllables = function (letters) {
  var text = letters.replace(/v/g, "u"), best = [[0, 0, []]];
  for (var end = 1; end <= text.length; end++) {
    var last = best[end - 1];
    var found = [last[0] + SKIPPED, last[1] + 1, last[2]];
    for (var start = Math.max(0, end - LONGEST_SYLLABLE); start < end; start++) {
      var before = best[start], part = text.slice(start, end);
      if (before[0] + 1 <= found[0] && this.known.has(part))
        found = [before[0] + 1, before[1], before[2].concat(part)];
    }
    best.push(found);
  }
  var path = best[text.length];
  return path[2].length && path[1] * 5 <= text.length ? path[2] : null;
};
