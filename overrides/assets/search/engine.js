/* generator/search/engine.py */
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
  var sure = this.isAnswered(query.text, items[0]), kept = items.filter(function (each, at) {
    return !sure || at < FIRST || round(each.covered) >= NEAR;
  });
  return {
    ordered: named.concat(kept, others.filter(function (each) { return each.fit < NAMED; })),
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
