/* generator/search/stage.py */
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
      document: document, fit: fit.score, like: fit.like, trust: fit.trust, covered: fit.covered, n: n,
      score: round(fit.score + BM25 * each.score / best + document.prior)
    };
  }).sort(function (a, b) { return b.score - a.score || a.n - b.n; });
};
