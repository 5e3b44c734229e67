/* The search engine of the pages; docs/search.md specifies it. Loaded when a villager
   first means to search. Scripts only, so that it also works from file://. ES2017. */
(function () {
  "use strict";

  function load(url) {
    return new Promise(function (done, failed) {
      var script = document.createElement("script");
      script.src = url;
      script.onload = done;
      script.onerror = function () { failed(new Error("cannot load " + url)); };
      document.head.appendChild(script);
    });
  }

  function bigrams(text) {
    var han = text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
    var found = han.length === 1 ? [han] : [];
    for (var i = 0; i + 1 < han.length; i++) found.push(han.slice(i, i + 2));
    return found;
  }

  function Engine(data) {
    this.data = data;
    this.docs = data.items.map(function (row) {
      return { row: row, text: [row[2], row[3], row[4]].join("|") };
    });
  }

  Engine.prototype.answer = function (text, options) {
    var engine = this;
    var tokens = bigrams(text);
    var found = this.docs.map(function (doc) {
      var hits = tokens.filter(function (token) { return doc.text.indexOf(token) >= 0; });
      return { doc: doc, score: hits.length / (tokens.length || 1), hits: hits };
    }).filter(function (each) { return each.score > 0; });
    found.sort(function (a, b) { return b.score - a.score; });
    var rows = found.slice(0, options.limit || 10).map(function (each) {
      return engine.item(each.doc.row, each.hits);
    });
    var confident = found.length > 0 && found[0].score > 0.5;
    return {
      query: text, confident: confident, hotlines: [],
      results: confident ? rows : [], nearest: confident ? [] : rows
    };
  };

  Engine.prototype.item = function (row, marks) {
    var data = this.data, list = data.lists[row[1]];
    function names(indexes) {
      return (indexes || []).map(function (n) { return data.departments[n][1]; }).join(data.joint);
    }
    var first = (row[5] || [])[0];
    return {
      kind: "item", id: row[0], list: list[0], path: "items/" + row[0], name: row[2],
      called: row[3] ? row[3].split("|") : [], role: list[1], verdict: list[2],
      who: names(row[5]) || data.itself, phone: first === undefined ? "" : data.departments[first][2],
      instead: names(row[6]), marks: marks
    };
  };

  function open(urls) {
    return Promise.all([load(urls.lunr), load(urls.data)]).then(function () {
      return new Engine(self.QingdanSearchData);
    });
  }

  self.QingdanSearch = { open: open };
})();
