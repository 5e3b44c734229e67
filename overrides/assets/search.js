/* The search engine of the pages, the same as generator/search; docs/search.md
   specifies both and a test compares them. Loaded when a villager first means to
   search. Scripts only, so that it also works from file://. ES2017. */
(function () {
  "use strict";

  var WRITTEN = 0, SOUND = 1, INITIALS = 2;
  var SINGLE = 0.4, ALIKE = 0.75, MASS = 20, NAME_BOOST = 1.5;
  var COVERED = 0.9, LIKE = 0.5, CONTAINED = 0.9, BM25 = 1.5, VILLAGE = 0.5, GONE = 0.5;
  var CANDIDATES = 40, CONFIDENT = 1.05, CERTAIN = 1.25, BRIEF = 4, NAMED = 1.6, WORTH_SHOWING = 0.8;
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

  /* ---- stem.py ---- */
  function stem(word) {
    if (word.length < 4) return word;
    var ending = ENDINGS.find(function (each) { return each[0].test(word); });
    if (ending) word = word.replace(ending[0], ending[1]);
    var verb = /^(.*[aeiou].*?)(?:ing|ed)$/.exec(word);
    if (verb && verb[1].length >= 3) word = verb[1].replace(/([bdgmnprt])\1$/, "$1");
    return word.length > 4 ? word.replace(/e$/, "") : word;
  }

  /* ---- sounds.py ---- */
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

  /* ---- packing.py ---- */
  function unpacked(data) {
    var bits = atob(data[0]), used = [];
    Array.from(commonCharacters()).forEach(function (each, n) {
      if (bits.charCodeAt(n >> 3) & (128 >> (n & 7))) used.push(each);
    });
    var found = JSON.parse(data[1].replace(/[\u0080-\u07ff]/g, function (each) {
      return used[each.charCodeAt(0) - 128];
    }));
    ["items", "places", "departments", "phrases"].forEach(function (name) {
      if (!found[name]) return;
      var columns = found[name].map(function (each) { return each.split ? each.split("\n") : each; });
      found[name] = (columns[0] || []).map(function (first, n) {
        return columns.map(function (column) { return column[n]; });
      });
    });
    return found;
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

  /* ---- grams.py ---- */
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

  /* ---- documents.py ---- */
  function Phrase(slots) {
    this.slots = slots;
  }

  function tokensOf(phrases) {
    var found = [];
    phrases.forEach(function (phrase) {
      phrase.slots.forEach(function (slot) { found.push.apply(found, slot.tokens); });
    });
    return found;
  }

  function texts(joined) { return split(joined).filter(Boolean); }

  /* What people say, in all its wordings. */
  function said(joined, grams) {
    var found = [];
    texts(joined).forEach(function (text) {
      grams.wordings(grams.normalise(text)).forEach(function (each) {
        found.push(new Phrase(grams.slots(each)));
      });
    });
    return found;
  }

  /* What is a wording already. */
  function worded(joined, grams) {
    return texts(joined).map(function (each) { return new Phrase(grams.slots(each)); });
  }

  function Document(kind, row, prior, name, called) {
    this.kind = kind;
    this.row = row;
    this.prior = prior;
    this.name = name;
    this.called = called;
    this.phrases = name.concat(called);
  }

  Document.prototype.says = function (written) {
    return this.phrases.some(function (phrase) {
      return phrase.slots.some(function (slot) { return slot.written === written; });
    });
  };

  /* How to make each document of the first part of the data, items first. */
  function makers(data, grams) {
    function maker(kind, name, called, wordings) {
      return function (row) {
        var list = kind === "item" ? data.lists[row[1]] : [], prior = 0;
        if (list[3] === "village") prior += VILLAGE;
        if (list[1] === "unlisted") prior -= GONE;
        return function () {
          return new Document(kind, row, prior, said(row[name], grams),
            said(row[called], grams).concat(worded(row[wordings], grams)));
        };
      };
    }
    return data.items.map(maker("item", 2, 3, 4))
      .concat(data.places.map(maker("place", 2, 4)), data.departments.map(maker("department", 1, 3)));
  }

  /* The same with more phrases of the items. */
  function makersWithMore(documents, more, grams) {
    return documents.map(function (each, n) {
      return function () {
        return new Document(each.kind, each.row, each.prior, each.name,
          each.called.concat(worded((more[n] || []).filter(Boolean).join("|"), grams)));
      };
    });
  }

  /* ---- ranking.py ---- */
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
      score: COVERED * covered + LIKE * like + CONTAINED * contained, like: like,
      trust: isPlausible ? 2 * contained + (covered + like) / 2 : 0
    };
  };

  /* Whether each letter of typed initials stands in a pair that was heard. */
  function hasEveryLetter(heard) {
    return heard.concat(0).every(function (share, at) { return share || heard[at - 1]; });
  }

  /* ---- shown.py ---- */
  function Shown(data) {
    this.data = data;
    var townships = {}, parents = this.parents = {}, numbers = this.numbers = {};
    var names = new Set(split(data.around));
    data.places.forEach(function (row) {
      townships[row[1]] = row[0];
      numbers[row[0]] = row[3];
      split(row[4]).concat(row[2]).forEach(names.add, names);
    });
    data.places.forEach(function (row) {
      var township = townships[row[1].slice(0, row[1].lastIndexOf("/"))];
      if (township) parents[row[0]] = township;
    });
    this.placeNames = Array.from(names).filter(Boolean).sort(function (a, b) {
      return b.length - a.length || (a < b ? -1 : 1);
    });
  }

  Shown.prototype.codes = function (place) {
    return [place, this.parents[place]].filter(Boolean);
  };

  Shown.prototype.isIn = function (place, places) {
    return Boolean(place) && this.codes(place).some(function (each) { return places.indexOf(each) >= 0; });
  };

  Shown.prototype.holds = function (row, place) {
    var places = row[7] || [];
    return !(place && places.length) || this.isIn(place, places);
  };

  Shown.prototype.names = function (indexes) {
    var departments = this.data.departments;
    return indexes.map(function (each) { return departments[each][1]; }).join(this.data.joint);
  };

  Shown.prototype.phone = function (responsible, level, role, place) {
    var numbers = this.numbers;
    if ((level === "village" && role === "does") || !responsible.length) {
      if (place) return this.codes(place).map(function (each) { return numbers[each]; }).filter(Boolean)[0] || "";
    }
    return responsible.length ? this.data.departments[responsible[0]][2] : "";
  };

  function calledFor(joined, asked) {
    return split(joined).map(function (phrase, n) {
      var said = asked.filter(function (token) { return token.length > 1 && phrase.indexOf(token) >= 0; }).length;
      return { phrase: phrase, said: said, n: n };
    }).sort(function (a, b) { return b.said - a.said || a.n - b.n; })
      .slice(0, LONGEST_CALLED).map(function (each) { return each.phrase; });
  }

  function marksFor(asked, text) {
    var lower = text.toLowerCase();
    return asked.filter(function (each) { return each.length > 1 && lower.indexOf(each) >= 0; }).sort();
  }

  Shown.prototype.result = function (document, asked, place) {
    var row = document.row, found = {
      kind: document.kind, id: row[0], list: "", path: "", name: row[2], called: [], role: "", verdict: "",
      who: "", phone: "", instead: "", marks: []
    };
    if (document.kind === "place") {
      found.path = row[1];
      found.phone = row[3];
      found.marks = marksFor(asked, found.name);
    } else if (document.kind === "department") {
      found.path = "departments/" + row[0];
      found.name = row[1];
      found.phone = row[2];
      found.called = calledFor(row[3], asked);
      found.marks = marksFor(asked, row[1] + row[3]);
    } else this.item(found, row, asked, place);
    return found;
  };

  Shown.prototype.item = function (found, row, asked, place) {
    var shown = this, listed = row[1], responsible = row[5] || [];
    (row[8] || []).forEach(function (variant) {
      if (!shown.isIn(place, variant[0])) return;
      if (variant[1] >= 0) listed = variant[1];
      found.name = variant[2] || found.name;
      if (variant[3] >= 0) responsible = [variant[3]];
    });
    var list = this.data.lists[listed];
    found.path = "items/" + row[0];
    found.called = calledFor(row[3], asked);
    found.list = list[0];
    found.role = list[1];
    found.verdict = list[2];
    var isUnlisted = list[1] === "unlisted";
    found.who = this.names(responsible) || (isUnlisted ? "" : this.data.itself);
    found.phone = this.phone(responsible, list[3], list[1], place);
    found.instead = isUnlisted || list[1] === "does-not" ? this.names(row[6] || []) : "";
    found.marks = marksFor(asked, found.name + (row[3] || ""));
  };

  /* ---- stage.py ---- */
  function Stage(grams) {
    this.documents = [];
    this.ranking = new Ranking(grams);
    this.index = null;
  }

  /* Made in slices, so that the page stays alive on a slow phone. */
  Stage.prototype.build = function (makers) {
    var stage = this, builder = new self.lunr.Builder(), next = 0;
    builder.ref("id");
    builder.field("name", { boost: NAME_BOOST });
    builder.field("called");
    function add(document) {
      stage.ranking.add(document);
      builder.add({ id: stage.documents.length, name: tokensOf(document.name), called: tokensOf(document.called) });
      stage.documents.push(document);
    }
    return new Promise(function (done, failed) {
      function slice() {
        try {
          for (var end = Date.now() + SLICE; next < makers.length && Date.now() < end;) add(makers[next++]());
          if (next < makers.length) { soon(slice); return; }
          stage.index = indexOf(builder);
          done(stage);
        } catch (error) { failed(error); }
      }
      slice();
    });
  };

  /* lunr's build(); terms are looked up as they are, nothing is guessed. */
  function indexOf(builder) {
    builder.calculateAverageFieldLengths();
    builder.createFieldVectors();
    self.lunr.TokenSet = { fromClause: function (clause) { return clause.term; } };
    return new self.lunr.Index({
      invertedIndex: builder.invertedIndex, fieldVectors: builder.fieldVectors,
      tokenSet: { intersect: function (term) {
        return { toArray: function () { return term in builder.invertedIndex ? [term] : []; } };
      } },
      fields: ["name", "called"], pipeline: builder.searchPipeline
    });
  }

  function boostsOf(readings) {
    var boosts = new Map();
    function ask(token, boost) { boosts.set(token, Math.max(boosts.get(token) || 0, boost)); }
    readings.forEach(function (reading) {
      reading.slots.forEach(function (slot) {
        var whole = slot.isSingle ? SINGLE : 1, isWritten = reading.level === WRITTEN;
        if (isWritten) ask(slot.written, whole);
        if (isWritten && slot.isSingle) return;
        (reading.level === INITIALS ? slot.initials : slot.sounds).forEach(function (token) {
          ask(token, whole * (isWritten ? ALIKE : 1));
        });
      });
    });
    return boosts;
  }

  Stage.prototype.candidates = function (readings) {
    var boosts = boostsOf(readings), documents = this.documents;
    if (!boosts.size) return [];
    return this.index.query(function (query) {
      boosts.forEach(function (boost, token) { query.term(token, { boost: boost, usePipeline: false }); });
    }).map(function (each) { return { n: Number(each.ref), score: each.score }; })
      .sort(function (a, b) { return round(b.score) - round(a.score) || a.n - b.n; })
      .map(function (each) { return { document: documents[each.n], score: each.score }; });
  };

  Stage.prototype.found = function (candidates, readings, isWanted) {
    var ranking = this.ranking;
    var prepared = readings.map(ranking.prepared, ranking);
    var wanted = candidates.filter(function (each) { return isWanted(each.document); });
    var best = Math.max.apply(null, wanted.map(function (each) { return each.score; }).concat(0)) || 1;
    return wanted.slice(0, CANDIDATES).map(function (each, n) {
      var document = each.document;
      var fit = prepared.map(function (reading) { return ranking.fit(document, reading); })
        .reduce(function (a, b) { return b.score > a.score ? b : a; });
      return {
        document: document, fit: fit.score, like: fit.like, trust: fit.trust, n: n,
        score: round(fit.score + BM25 * each.score / best + document.prior)
      };
    }).sort(function (a, b) { return b.score - a.score || a.n - b.n; });
  };

  /* ---- engine.py ---- */
  function Engine(data) {
    var grams = this.grams = new Grams(data);
    this.data = data;
    this.shown = new Shown(data);
    this.first = new Stage(grams);
    this.whole = null;
    this.elsewhere = split(data.elsewhere).map(grams.normalise, grams);
    this.hotlines = data.hotlines.map(function (row) {
      var ring = { number: row[0], name: row[1], confirmed: Boolean(row[3]) };
      return { ring: ring, phrases: split(row[2]).map(grams.normalise, grams) };
    });
  }

  Engine.prototype.withoutPlaces = function (query) {
    var rest = query.replace(/(?:19|20)[0-9]{2}年?/g, GAP);
    this.shown.placeNames.forEach(function (name) { rest = rest.split(name).join(GAP); });
    return /[a-z0-9\u3400-\u9fff]/.test(rest) ? rest : query;
  };

  Engine.prototype.isAnswered = function (query, first) {
    var grams = this.grams;
    return Boolean(first) && first.trust >= CONFIDENT && this.elsewhere.every(function (word) {
      return !holds(query, word) || grams.slots(word).every(function (slot) {
        return slot.isSingle || first.document.says(slot.written);
      });
    });
  };

  Engine.prototype.outcome = function (stage, query) {
    var shown = this.shown, candidates = stage.candidates(query.readings);
    var items = stage.found(candidates, query.readings, function (document) {
      return document.kind === "item" && shown.holds(document.row, query.place);
    });
    if (query.full !== query.readings) candidates = stage.candidates(query.full);
    var others = stage.found(candidates, query.full, function (document) {
      return document.kind !== "item";
    }).filter(function (each) { return each.fit >= WORTH_SHOWING; });
    var named = others.filter(function (each) { return each.fit >= NAMED; });
    var sure = this.isAnswered(query.text, items[0]);
    return {
      ordered: named.concat(items, others.filter(function (each) { return each.fit < NAMED; })),
      confident: sure || named.length > 0,
      certain: isCertain(query.text, sure ? items : [], named.length ? others : [])
    };
  };

  /* Whether other phrases could hardly change the answer, `items` or `others`. */
  function isCertain(query, items, others) {
    var length = Array.from(query.split(" ").join("")).length;
    return length <= 1 || [items, others].some(function (each) {
      return each.length > 0 && (length <= BRIEF || certainty(each) >= CERTAIN);
    });
  }

  function certainty(found) {
    return found[0].like + found[0].score - (found[1] ? found[1].score : 0);
  }

  Engine.prototype.read = function (text, place) {
    var query = this.grams.normalise(text), rest = this.withoutPlaces(query);
    var full = this.grams.readings(query);
    return { text: query, readings: rest === query ? full : this.grams.readings(rest), full: full, place: place };
  };

  Engine.prototype.ring = function (query) {
    var texts = this.grams.wordings(query).concat(query);
    return this.hotlines.filter(function (hotline) {
      return hotline.phrases.some(function (each) {
        return texts.some(function (text) { return holds(text, each); });
      });
    }).map(function (hotline) { return hotline.ring; });
  };

  /* answer("低保", {place: "520327103001", limit: 10}); docs/search.md says what comes back.
     Where it is not `certain` and there is no `whole` yet, more() makes it better. */
  Engine.prototype.answer = function (text, options) {
    var shown = this.shown, place = (options || {}).place || null;
    var query = this.read(text, place), first = this.outcome(this.first, query);
    var found = first.certain || !this.whole ? first : this.outcome(this.whole, query);
    var asked = unique([].concat.apply([], query.readings.map(function (reading) {
      return reading.slots.map(function (slot) { return slot.written; });
    })));
    var rows = found.ordered.slice(0, (options || {}).limit || 10)
      .map(function (each) { return shown.result(each.document, asked, place); });
    return {
      query: text, confident: found.confident, certain: first.certain, hotlines: this.ring(query.text),
      results: found.confident ? rows : [], nearest: found.confident ? [] : rows
    };
  };

  /* Take in the second part of the data, once; fails when it does not come or is of
     another edition. */
  Engine.prototype.more = function (url) {
    var engine = this;
    if (!this.coming) {
      this.coming = load(url).then(function () {
        var data = unpacked(self.QingdanSearchMore);
        if (data.digest !== engine.data.digest) throw new Error(url + " is of another edition");
        return new Stage(engine.grams).build(makersWithMore(engine.first.documents, data.phrases, engine.grams));
      }).then(function (whole) { engine.whole = whole; });
      this.coming.catch(function () { engine.coming = null; });
    }
    return this.coming;
  };

  function load(url) {
    return new Promise(function (done, failed) {
      var script = document.createElement("script");
      script.src = url;
      script.onload = done;
      script.onerror = function () {
        script.remove();
        failed(new Error("cannot load " + url));
      };
      document.head.appendChild(script);
    });
  }

  function open(urls) {
    return Promise.all([load(urls.lunr), load(urls.data)]).then(function () {
      var engine = new Engine(unpacked(self.QingdanSearchFirst));
      return engine.first.build(makers(engine.data, engine.grams)).then(function () { return engine; });
    });
  }

  self.QingdanSearch = { open: open };
})();
