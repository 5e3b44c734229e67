/* The search box: typing, asking, and what answers are made of. Where they are shown is
   said by search-popup.js or, on the search page, search-page.js. Loaded when a villager
   touches the box, after those, the engine (search.js) and the language's words. ES2017. */
(function () {
  "use strict";
  if (!self.QingdanWords || !self.QingdanSearch || !self.QingdanAnswers) return; /* Not all arrived; all are asked for again. */
  var here = self.Qingdan, words = self.QingdanWords, urls = document.body.dataset;
  var form = document.querySelector("[data-ask]"), input = form.q;
  var RECENT = 6, MOST = 2, PAUSE = 300; /* ms without a key after which typing has come to rest */

  var engine = null, failed = false, missing = false, composing = false, timer = 0, pause = 0;

  /* --- Building blocks ---------------------------------------------------------- */

  function make(tag, name, children) {
    var element = document.createElement(tag);
    if (name) element.className = name;
    (children || []).forEach(function (child) {
      if (child) element.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
    });
    return element;
  }

  function say(key, values) {
    return words[key].replace(/\{(\w+)\}/g, function (all, name) { return values[name]; });
  }

  /* Text with the words of the query marked; `marks` are words as they stand in texts. */
  function marked(text, marks) {
    var part = make("span"), low = text.toLowerCase(), at = 0, hits = [];
    (marks || []).forEach(function (mark) {
      var needle = mark.toLowerCase();
      for (var i = low.indexOf(needle); needle && i >= 0; i = low.indexOf(needle, i + 1)) {
        hits.push([i, i + needle.length]);
      }
    });
    hits.sort(function (a, b) { return a[0] - b[0]; });
    for (var n = 0; n < hits.length; n++) {
      var from = hits[n][0], to = hits[n][1];
      while (n + 1 < hits.length && hits[n + 1][0] <= to) to = Math.max(to, hits[++n][1]);
      part.appendChild(document.createTextNode(text.slice(at, from)));
      part.appendChild(make("mark", "", [text.slice(from, to)]));
      at = to;
    }
    part.appendChild(document.createTextNode(text.slice(at)));
    return part;
  }

  function verdict(result) {
    if (!result.list) return make("span", "state", [result.verdict || words[result.kind]]);
    return make("span", "verdict verdict--" + result.role, [result.verdict]);
  }

  function dial(number, label) {
    var link = make("a", "dial", [number + (label ? " " + label : "")]);
    link.href = "tel:" + number;
    return link;
  }

  /* What villagers call it, the phrase that was asked for first. */
  function called(result) {
    var phrases = (result.called || []).slice(0, 3);
    if (!phrases.length) return null;
    var said = marked(phrases.join(words.separator), result.marks);
    if (!/^zh/.test(document.documentElement.lang) && /[\u3400-\u9fff]/.test(said.textContent)) said.lang = "zh-CN";
    return make("span", "", [words.called, said]);
  }

  /* Whom to ask, or where to go instead when the village does not do it. */
  function whom(result) {
    if (result.kind === "place") return townshipOf(result);
    var names = (result.instead || result.who || "").split(words.separator);
    if (!names[0]) return "";
    return (result.instead ? words.instead : words.who) + names.slice(0, MOST).join(words.separator);
  }

  /* Names of villages repeat inside a county. */
  function townshipOf(village) {
    var row = placeAt(village.path.replace(/\/[^/]*$/, ""));
    return row ? row[2] : "";
  }

  /* Numbers of three digits are for emergencies, not for a certificate. */
  function isContact(phone) {
    return Boolean(phone) && phone.length > 3;
  }

  /* An item that stands on this very page is shown here. */
  function addressOf(result) {
    var anchor = "item-" + result.id;
    if (result.kind === "item" && document.getElementById(anchor)) return "#" + anchor;
    return here.address(result.path);
  }

  function hook(element, result) {
    if (result.kind === "item") element.dataset.itemId = result.id;
  }

  /* --- Recent searches, on this phone only ------------------------------------------ */

  function recent() {
    var kept = here.read("recent");
    return Array.isArray(kept) ? kept : [];
  }

  function remember(text) {
    if (!text) return;
    var kept = recent().filter(function (each) { return each !== text; });
    here.write("recent", [text].concat(kept).slice(0, RECENT));
  }

  function forgetButton(after) {
    var button = make("button", "", [words.clear]);
    button.type = "button";
    button.addEventListener("click", function () {
      here.write("recent", null);
      after();
      input.focus();
    });
    return button;
  }

  /* --- Asking ------------------------------------------------------------------ */

  /* The engine's row of a place, [code, path, name …], by its path. */
  function placeAt(path) {
    return engine.data.places.filter(function (each) { return each[1] === path; })[0];
  }

  /* The code of the place that is asked about: the page's own, else my village. */
  function place() {
    var shown = document.querySelector("[data-place]"), mine = here.village();
    var row = placeAt("places/" + (shown ? shown.dataset.place : mine && mine.path));
    return row && row[0];
  }

  function query() {
    return input.value.trim();
  }

  function answer(limit) {
    return engine.answer(query(), { place: place(), limit: limit });
  }

  function pending() {
    if (failed) open(false);
    missing = false;
    answers.element.removeAttribute("data-search-ready");
    clearTimeout(timer);
    timer = setTimeout(render, 0);
  }

  /* What is shown: an answer, "loading", "failed", or nothing for an empty box. */
  function now() {
    if (failed) return "failed";
    if (!query()) return null;
    if (!engine) return "loading";
    var found = answer(answers.limit);
    found.complete = found.certain || Boolean(engine.whole) || missing;
    return found;
  }

  function render() {
    if (composing) return;
    var found = now();
    holding(function () { answers.show(found); });
    if (found && found.results) {
      if (!found.complete) return complete();
      announce(summary(found));
    }
    if (found !== "loading") answers.element.setAttribute("data-search-ready", "");
  }

  /* Where the answer is not certain, more phrases are loaded; until then the first answer
     stands there. Who is still typing may yet ask for something certain. */
  function complete() {
    timer = setTimeout(function () {
      engine.more(urls.searchMore).catch(function () { missing = true; }).then(function () {
        if (!answers.element.hasAttribute("data-search-ready")) render();
      });
    }, pause);
    pause = 0;
  }

  /* Shows other results without taking away the one a villager has come to. */
  function holding(act) {
    var held = answers.element.contains(document.activeElement) && document.activeElement.href;
    act();
    var links = Array.from(answers.element.querySelectorAll("a"));
    var same = held && (links.filter(function (each) { return each.href === held; })[0] || links[0]);
    if (same) same.focus({ preventScroll: true });
  }

  var told = 0;
  function announce(text) {
    clearTimeout(told);
    told = setTimeout(function () { status.textContent = text; }, 500);
  }

  function summary(found) {
    if (!found.results.length) return say(found.nearest.length ? "uncertain" : "nothing", {});
    return say("found", { count: found.results.length });
  }

  /* No good answer, when all is known: say so, show what may be near, and who always knows. */
  function help(found) {
    if (!found.complete) return make("p", "hint", [words.loading]);
    var nothing = found.nearest.length === 0;
    var box = make("p", "help", [say(nothing ? "nothing" : "uncertain", {}), make("br"), words.otherwise, " "]);
    box.setAttribute("data-no-confident-result", "");
    return box;
  }

  function trouble() {
    return make("p", "help", [words.failed]);
  }

  /* --- Typing ------------------------------------------------------------------ */

  var status = make("p", "sr-only");
  status.setAttribute("role", "status");
  form.appendChild(status);
  var answers = self.QingdanAnswers({
    form: form, input: input, words: words, make: make, say: say, marked: marked, verdict: verdict,
    dial: dial, called: called, whom: whom, addressOf: addressOf, hook: hook, isContact: isContact,
    recent: recent, remember: remember, forgetButton: forgetButton, query: query, pending: pending,
    render: render, help: help, trouble: trouble,
    isComposing: function () { return composing; }
  });

  /* While an input method composes, nothing happens: no answer, no choice, no search.
     Chrome ends a composition after its last `input`; Safari before the Enter that ended
     it, which then has key code 229. */
  input.addEventListener("compositionstart", function () { composing = true; });
  input.addEventListener("compositionend", function () {
    composing = false;
    pending();
  });
  input.addEventListener("input", function (event) {
    pause = PAUSE;
    if (!composing && !event.isComposing) pending();
  });
  input.addEventListener("keydown", function (event) {
    if (!composing && !event.isComposing && event.keyCode !== 229) answers.key(event);
  });

  /* Tried twice at once, since what a browser fetched ahead in vain it fails with once
     more; then again at the next key, and when the network is back. */
  function open(again) {
    failed = false;
    self.QingdanSearch.open({ lunr: urls.searchLunr, data: urls.searchData }).then(function (opened) {
      engine = opened;
      pending();
    }, function () {
      if (again) return open(false);
      failed = true;
      return render();
    });
  }

  addEventListener("online", function () { if (failed || missing) pending(); });
  render();
  open(true);
})();
