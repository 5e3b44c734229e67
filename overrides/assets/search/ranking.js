/* generator/search/ranking.py */
function Ranking(grams) {
  this.grams = grams;
  this.count = 0;
  this.known = new Map();
  this.weights = [];
  this.masses = new Map();
}

Ranking.prototype.add = function (document) {
  var known = this.known;
  this.count++;
  new Set(tokensOf(document.phrases)).forEach(function (each) { known.set(each, (known.get(each) || 0) + 1); });
};

Ranking.prototype.weight = function (slot) {
  var known = 0;
  for (var i = 0; i < slot.tokens.length && !known; i++) known = this.known.get(slot.tokens[i]) || 0;
  return Math.log(1 + (this.count - known + 0.5) / (known + 0.5)) * (slot.isSingle ? SINGLE : 1);
};

/* The same for a slot of a phrase. */
Ranking.prototype.kept = function (slot) {
  var found = this.weights[slot.number];
  return found === undefined ? (this.weights[slot.number] = this.weight(slot)) : found;
};

Ranking.prototype.mass = function (phrase) {
  var found = this.masses.get(phrase);
  if (found === undefined) {
    found = sum(phrase.slots.map(this.kept, this));
    this.masses.set(phrase, found);
  }
  return found;
};

function meets(tokens, wanted) {
  for (var i = 0; i < wanted.length; i++) if (tokens.has(wanted[i])) return true;
  return false;
}

function metBy(slot, tokens, level) {
  if (level === INITIALS) return meets(tokens, slot.initials) ? 1 : 0;
  if (level === SOUND) return meets(tokens, slot.sounds) ? 1 : 0;
  if (tokens.has(slot.written)) return 1;
  return !slot.isSingle && meets(tokens, slot.sounds) ? ALIKE : 0;
}

/* A reading with what is the same for every document: the weights of its slots, and what
   it has in common with each slot of phrases that it has anything in common with. */
Ranking.prototype.prepared = function (reading) {
  var level = reading.level, asked = new Set(), askedBy = new Map(), met = [], slotsOf = this.grams.slotsOf;
  reading.slots.forEach(function (slot, at) {
    (level === INITIALS ? slot.initials : slot.sounds).forEach(function (token) {
      asked.add(token);
      if (level !== WRITTEN || !slot.isSingle) pushed(askedBy, token, [at, level === WRITTEN ? ALIKE : 1]);
    });
    if (level !== WRITTEN) return;
    asked.add(slot.written);
    pushed(askedBy, slot.written, [at, 1]);
  });
  asked.forEach(function (token) {
    (slotsOf.get(token) || []).forEach(function (slot) {
      if (met[slot.number]) return;
      var heard = slot.tokens.map(function (each) { return askedBy.get(each) || []; });
      met[slot.number] = { said: metBy(slot, asked, level), heard: [].concat.apply([], heard) };
    });
  });
  var weights = reading.slots.map(this.weight, this);
  return { weights: weights, total: sum(weights), met: met, areInitials: level === INITIALS };
};

function none(reading) {
  return reading.weights.map(function () { return 0; });
}

Ranking.prototype.fit = function (document, reading) {
  var weights = reading.weights, whole = none(reading), like = 0, contained = 0;
  var isPlausible = !reading.areInitials;
  function part(heard) {
    return sum(heard.map(function (share, at) { return share * weights[at]; })) / reading.total;
  }
  for (var n = 0; n < document.phrases.length; n++) {
    var phrase = document.phrases[n], said = 0, own = null;
    for (var j = 0; j < phrase.slots.length; j++) {
      var slot = phrase.slots[j], met = reading.met[slot.number];
      if (!met) continue;
      own = own || none(reading);
      said += this.kept(slot) * met.said;
      met.heard.forEach(function (each) { own[each[0]] = Math.max(own[each[0]], each[1]); });
    }
    if (!own) continue;
    for (var i = 0; i < own.length; i++) whole[i] = Math.max(whole[i], own[i]);
    var share = said / this.mass(phrase), heard = part(own);
    if (heard && share) like = Math.max(like, 2 * share * heard / (share + heard));
    contained = Math.max(contained, share * said);
    isPlausible = isPlausible || hasEveryLetter(own);
  }
  var covered = part(whole);
  contained = Math.min(contained / MASS, 2);
  return {
    score: COVERED * covered + LIKE * like + CONTAINED * contained, like: like, covered: covered,
    trust: isPlausible ? 2 * contained + (covered + like) / 2 : 0
  };
};

/* Whether each letter of typed initials stands in a pair that was heard. */
function hasEveryLetter(heard) {
  return heard.concat(0).every(function (share, at) { return share || heard[at - 1]; });
}
