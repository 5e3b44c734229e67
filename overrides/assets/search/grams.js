/* generator/search/grams.py */
function Slot(written, sounds, initials, isSingle, number) {
  this.number = number; /* among those of all phrases */
  this.written = written;
  this.sounds = sounds;
  this.initials = initials;
  this.isSingle = isSingle;
  this.tokens = (written ? [written] : []).concat(sounds, initials);
}

function combined(mark, left, right) {
  var found = [];
  left.forEach(function (a) {
    if (!right) found.push(mark + a);
    else right.forEach(function (b) { found.push(mark + a + " " + b); });
  });
  return found;
}

function Grams(data) {
  this.sounds = new Sounds(data.sounds, data.readings);
  var simplified = new Map(), entries = new Map();
  var code = 0x4e00, next = 0;
  Array.from(data.simplified[1]).forEach(function (each) {
    code += each === "-" ? 64 : DIGITS.indexOf(each);
    if (each !== "-") simplified.set(String.fromCharCode(code), data.simplified[0][next++]);
  });
  split(data.ignored).forEach(function (each) { entries.set(each, GAP); });
  split(data.words).forEach(function (row) {
    var words = row.split(">");
    words.slice(1).forEach(function (said) { entries.set(said, words[0]); });
  });
  var longest = 0;
  entries.forEach(function (means, said) { longest = Math.max(longest, said.length); });
  this.longest = longest;
  this.simplified = simplified;
  this.entries = entries;
  this.known = new Map();
  this.slotsOf = new Map(); /* by token */
}

Grams.prototype.normalise = function (text) {
  var simplified = this.simplified;
  return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "")
    .replace(/[A-Z]/g, function (each) { return each.toLowerCase(); })
    .replace(/[\u3400-\u9fff]/g, function (each) { return simplified.get(each) || each; });
};

function isWhole(text, start, end) {
  var left = text.charAt(start - 1), right = text.charAt(end);
  return !((isLatin(left) && isLatin(text[start])) || (isLatin(right) && isLatin(text[end - 1])));
}

function holds(text, phrase) {
  for (var at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1))
    if (isWhole(text, at, at + phrase.length)) return true;
  return false;
}

Grams.prototype.entry = function (text, at) {
  for (var length = Math.min(this.longest, text.length - at); length > 0; length--) {
    var part = text.slice(at, at + length);
    if (this.entries.has(part) && isWhole(text, at, at + length)) return part;
  }
  return "";
};

Grams.prototype.scanned = function (text, translate) {
  var parts = "";
  for (var at = 0; at < text.length;) {
    var entry = this.entry(text, at), meaning = this.entries.get(entry);
    if (!entry) parts += text[at];
    else parts += meaning === GAP || translate ? meaning : entry;
    at += entry.length || 1;
  }
  return parts;
};

Grams.prototype.wordings = function (text) {
  var found = unique([this.scanned(text, false), this.scanned(text, true)])
    .filter(function (each) { return runs(each).length; });
  return found.length ? found : [text];
};

/* Thousands of phrases share their slots; each is made once. */
Grams.prototype.slot = function (written, isSingle) {
  var key = isSingle ? GAP + written : written, found = this.known.get(key);
  if (!found) {
    var sounds = this.sounds, alike = [], initials = [];
    if (isHan(written[0])) {
      alike = Array.from(written).map(sounds.alike, sounds);
      if (written.length > 1) initials = Array.from(written).map(sounds.initials, sounds);
    }
    found = new Slot(written, alike.length ? combined("~", alike[0], alike[1]) : [],
      initials.length ? combined("#", initials[0], initials[1]) : [], isSingle, this.known.size);
    this.known.set(key, found);
    found.tokens.forEach(function (token) { pushed(this.slotsOf, token, found); }, this);
  }
  return found;
};

Grams.prototype.slots = function (wording) {
  var found = [], grams = this;
  runs(wording).forEach(function (run) {
    if (!isHan(run[0])) {
      found.push(grams.slot(isLatin(run[0]) ? stem(run) : run, false));
      return;
    }
    for (var i = 0; i < run.length; i++) found.push(grams.slot(run[i], run.length > 1));
    for (i = 0; i + 1 < run.length; i++) found.push(grams.slot(run.slice(i, i + 2), false));
  });
  return found;
};

Grams.prototype.readings = function (text) {
  var grams = this;
  var found = this.wordings(text).map(function (each) {
    return { slots: grams.slots(each), level: WRITTEN };
  });
  var letters = runs(text);
  if (letters.some(function (each) { return isLatin(each[0]); })) found = found.concat(this.typed(letters));
  return found.filter(function (each) { return each.slots.length; });
};

Grams.prototype.typed = function (letters) {
  var found = [], syllables = [], sounds = this.sounds;
  var isPinyin = letters.every(function (run) {
    if (isHan(run[0])) {
      Array.from(run).forEach(function (each) { syllables.push(sounds.alike(each)); });
      return true;
    }
    var cut = isLatin(run[0]) ? sounds.syllables(run) : null;
    (cut || []).forEach(function (each) { syllables.push([fold(each)]); });
    return cut;
  });
  if (isPinyin) {
    var slots = syllables.map(function (each) {
      return new Slot("", combined("~", each), [], syllables.length > 1);
    });
    for (var i = 0; i + 1 < syllables.length; i++)
      slots.push(new Slot("", combined("~", syllables[i], syllables[i + 1]), [], false));
    found.push({ slots: slots.filter(function (each) { return each.tokens.length; }), level: SOUND });
  }
  var joined = letters.join("");
  if (/^[a-z]+$/.test(joined) && areInitials(letters, joined)) {
    var pairs = [];
    for (var j = 0; j + 1 < joined.length; j++)
      pairs.push(new Slot("", [], ["#" + joined[j] + " " + joined[j + 1]], false));
    found.push({ slots: pairs, level: INITIALS });
  }
  return found;
};

function areInitials(letters, joined) {
  if ((letters.length !== 1 && letters.length !== joined.length) || /[iuv]/.test(joined)) return false;
  return joined.length <= MOST_INITIALS && (new Set(joined).size > 1 || joined.length === 2);
}
