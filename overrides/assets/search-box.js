/* The search box and the answers under it: an editable combobox (WAI-ARIA 1.2) on every
   page, whole results on the search page. Loaded when a villager touches the box, after
   the engine (search.js) and the words of the page's language. ES2017. */
(function () {
  "use strict";
  if (!self.QingdanWords || !self.QingdanSearch) return; /* Not all arrived; all are asked for again. */
  var here = self.Qingdan, words = self.QingdanWords, urls = document.body.dataset;
  var form = document.querySelector("[data-ask]"), input = form.q;
  var page = document.querySelector("[data-search-page]");
  var RECENT = 6, OPTIONS = 6, RESULTS = 20, MOST = 2;

  var engine = null, failed = false, composing = false, timer = 0, active = -1;

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
    if (result.kind !== "item") return make("span", "state", [words[result.kind]]);
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
    surface.removeAttribute("data-search-ready");
    clearTimeout(timer);
    timer = setTimeout(render, 0);
  }

  function render() {
    if (composing) return undefined;
    if (failed) surface.show(null);
    else if (engine || !query()) surface.show(query() ? answer(surface.limit) : null);
    else return surface.show("loading");
    surface.setAttribute("data-search-ready", "");
    return undefined;
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

  /* No good answer: say so, show what may be near, and who always knows. */
  function help(found) {
    var nothing = found.nearest.length === 0;
    var box = make("p", "help", [say(nothing ? "nothing" : "uncertain", {}), " ", words.otherwise, " "]);
    box.setAttribute("data-no-confident-result", "");
    return box;
  }

  function trouble() {
    return make("p", "help", [words.failed]);
  }

  /* --- The box on any page: a listbox under the input -------------------------------- */

  function popup() {
    var box = make("div", "found"), list = make("div");
    list.id = "found";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", words.results);
    box.hidden = true;
    box.limit = OPTIONS;
    box.setAttribute("data-search-results", "");
    form.appendChild(box);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", "found");
    input.setAttribute("aria-expanded", "false");

    function option(href, children, result) {
      var link = make("a", "", children);
      link.href = href;
      link.tabIndex = -1;
      link.id = "found-" + list.querySelectorAll("[role=option]").length;
      link.setAttribute("role", "option");
      link.setAttribute("aria-selected", "false");
      var group = make("div", "", [link]);
      group.setAttribute("role", "none");
      if (result) {
        hook(link, result);
        if (result.list) group.dataset.listId = result.list;
      }
      list.appendChild(group);
      return link;
    }

    function resultOption(result) {
      option(addressOf(result), [
        make("span", "found__name", [marked(result.name, result.marks)]),
        verdict(result), " ", whom(result),
        make("span", "found__more", [called(result)])
      ], result);
    }

    function showRecent() {
      recent().forEach(function (text) {
        option(form.action.replace(/[?#].*/, "") + "?q=" + encodeURIComponent(text), [text]);
      });
      if (list.firstChild) {
        box.insertBefore(make("p", "hint", [words.recent]), list);
        box.appendChild(forgetButton(pending));
      }
    }

    function showAnswer(found) {
      found.hotlines.forEach(function (each) {
        option("tel:" + each.number, [make("span", "found__name", ["☎ " + each.number + " " + each.name])]);
      });
      if (!found.confident) box.insertBefore(help(found), list);
      (found.confident ? found.results : found.nearest).forEach(resultOption);
      var whole = make("a", "found__all", [words.all]);
      whole.href = form.action.replace(/[?#].*/, "") + "?q=" + encodeURIComponent(query());
      box.appendChild(whole);
      announce(summary(found));
    }

    box.show = function (found) {
      select(-1);
      box.textContent = list.textContent = "";
      box.appendChild(list);
      if (failed) box.insertBefore(trouble(), list);
      else if (found === "loading") box.insertBefore(make("p", "hint", [words.loading]), list);
      else if (found) showAnswer(found);
      else showRecent();
      open(document.activeElement === input && box.querySelector("p, a"));
    };

    function open(on) {
      if (on && box.hidden && form.getBoundingClientRect().top > innerHeight / 3) form.scrollIntoView();
      box.hidden = !on;
      input.setAttribute("aria-expanded", String(Boolean(on)));
      if (!on) select(-1);
    }

    function options() {
      return list.querySelectorAll("[role=option]");
    }

    function select(index) {
      var all = options();
      if (all[active]) all[active].setAttribute("aria-selected", "false");
      active = index;
      if (!all[active]) {
        input.removeAttribute("aria-activedescendant");
        return;
      }
      all[active].setAttribute("aria-selected", "true");
      all[active].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", all[active].id);
    }

    function step(by) {
      if (box.hidden) return render();
      var count = options().length + 1; /* one more: back in the box itself */
      select((active + 1 + by + count) % count - 1);
      return undefined;
    }

    box.key = function (event) {
      var chosen = options()[active];
      if (event.key === "ArrowDown") step(1);
      else if (event.key === "ArrowUp") step(-1);
      else if (event.key === "Escape" && !box.hidden) open(false);
      else if (event.key === "Enter" && chosen) chosen.click();
      else return;
      event.preventDefault();
    };

    box.addEventListener("click", function (event) {
      var link = event.target.closest("a");
      if (!link) return;
      remember(query());
      if (/^#/.test(link.getAttribute("href"))) open(false);
    });
    input.addEventListener("focus", render);
    input.addEventListener("click", function () { if (box.hidden) render(); });
    form.addEventListener("focusout", function (event) {
      if (!form.contains(event.relatedTarget)) open(false);
    });
    document.addEventListener("pointerdown", function (event) {
      if (!form.contains(event.target)) open(false);
    });
    form.addEventListener("submit", function (event) {
      if (composing || !query()) event.preventDefault();
      else remember(query());
    });
    return box;
  }

  /* --- The search page: whole results, and an address that can be shared ------------- */

  function results() {
    var box = page, title = document.title;
    box.limit = RESULTS;

    function card(result) {
      var name = make("a", "results__name", [marked(result.name, result.marks)]);
      name.href = addressOf(result);
      var inner = make("div", "", [
        make("p", "", [name]),
        make("p", "", [verdict(result), " ", whom(result), " ", isContact(result.phone) ? dial(result.phone) : null]),
        result.called && result.called.length ? make("p", "called", [called(result)]) : null,
        result.kind === "place" ? keep(result) : null
      ]);
      hook(inner, result);
      var outer = make("li", result.role ? "items--" + result.role : "", [inner]);
      if (result.list) outer.dataset.listId = result.list;
      return outer;
    }

    function keep(result) {
      var button = make("button", "tool", [say("keep", { name: result.name })]);
      button.type = "button";
      button.addEventListener("click", function () {
        here.choose(here.named(result.path.replace(/^places\//, ""), result.name, result.phone));
      });
      return button;
    }

    function cards(found) {
      var list = make("ul", "results");
      found.forEach(function (each) { list.appendChild(card(each)); });
      box.appendChild(list);
    }

    function hotlines(found) {
      var list = make("ul", "hotlines");
      found.forEach(function (each) {
        list.appendChild(make("li", "", [dial(each.number, each.name)]));
      });
      if (found.length) box.appendChild(list);
    }

    function showRecent() {
      var list = make("ul", "phrases");
      recent().forEach(function (text) {
        var link = make("a", "", [text]);
        link.href = "?q=" + encodeURIComponent(text);
        list.appendChild(make("li", "", [link]));
      });
      if (!list.firstChild) return;
      box.appendChild(make("h2", "", [words.recent]));
      box.appendChild(list);
      var button = forgetButton(pending);
      button.className = "tool";
      box.appendChild(button);
    }

    function showAnswer(found) {
      hotlines(found.hotlines);
      var mine = here.village();
      if (mine) box.appendChild(make("p", "hint", [say("in_place", { name: here.nameOf(mine) })]));
      if (!found.confident) {
        var notice = help(found);
        notice.appendChild(dial(urls.hotline));
        box.appendChild(notice);
      }
      cards(found.confident ? found.results : found.nearest);
      announce(summary(found));
    }

    box.show = function (found) {
      box.textContent = "";
      if (failed) box.appendChild(trouble());
      else if (found === "loading") box.appendChild(make("p", "hint", [words.loading]));
      else if (found) showAnswer(found);
      else showRecent();
      note(true);
    };

    function target() {
      return location.pathname + (query() ? "?q=" + encodeURIComponent(query()) : "");
    }

    /* One step of the history for each question, not for each key: what is being typed
       takes the place of what was typed before it. From files the browser may refuse to
       change the address; the answer is there all the same. */
    function note(typing) {
      var over = !asked() || asked() === query() || (history.state && history.state.typing);
      document.title = (query() ? query() + " · " : "") + title;
      if (typing && asked() === query()) return true;
      try {
        history[over ? "replaceState" : "pushState"]({ typing: typing }, "", target());
        return true;
      } catch (refused) {
        return false;
      }
    }

    box.key = function () { /* Enter submits, everything else is the browser's. */ };

    form.addEventListener("submit", function (event) {
      event.preventDefault();
      if (composing || !query()) return;
      remember(query());
      if (!note(false)) location.search = "?q=" + encodeURIComponent(query());
      input.blur();
      pending();
    });
    box.addEventListener("click", function (event) {
      if (event.target.closest("a")) remember(query());
    });
    addEventListener("popstate", function () {
      input.value = asked();
      pending();
    });
    document.addEventListener("qingdan:village", pending);
    input.value = input.value || asked();
    return box;
  }

  /* What the address asks for. */
  function asked() {
    var found = /[?&]q=([^&#]*)/.exec(location.search);
    try {
      return found ? decodeURIComponent(found[1].replace(/\+/g, " ")).trim() : "";
    } catch (malformed) {
      return "";
    }
  }

  /* --- Typing ------------------------------------------------------------------ */

  var status = make("p", "sr-only");
  status.setAttribute("role", "status");
  form.appendChild(status);
  var surface = page ? results() : popup();

  /* While an input method composes, nothing happens: no answer, no choice, no search.
     Chrome ends a composition after its last `input`; Safari before the Enter that ended
     it, which then has key code 229. */
  input.addEventListener("compositionstart", function () { composing = true; });
  input.addEventListener("compositionend", function () {
    composing = false;
    pending();
  });
  input.addEventListener("input", function (event) {
    if (!composing && !event.isComposing) pending();
  });
  input.addEventListener("keydown", function (event) {
    if (!composing && !event.isComposing && event.keyCode !== 229) surface.key(event);
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

  addEventListener("online", function () { if (failed) pending(); });
  render();
  open(true);
})();
