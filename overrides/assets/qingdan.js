/* What a page can do beyond being read. Everything here is optional: without it all
   facts and links are there. ES2017, for the engines inside old phones. Search and
   what is done with an answer are scripts of their own, loaded when they are wanted.

   My village is kept on this phone only, as localStorage "qingdan.village":
   {path: "township/village", names: {language: name}, phone}. `document` hears
   "qingdan:village" whenever it changes; `self.Qingdan.village()` gives it. */
(function () {
  "use strict";
  var root = document.documentElement;
  var memory = {};

  function all(selector, act) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), act);
  }

  /* Storage may be forbidden; a choice then holds for this page only. */
  function read(key) {
    try {
      return JSON.parse(localStorage.getItem("qingdan." + key)) || memory[key] || null;
    } catch (blocked) {
      return memory[key] || null;
    }
  }

  function write(key, value) {
    memory[key] = value;
    try {
      if (value) localStorage.setItem("qingdan." + key, JSON.stringify(value));
      else localStorage.removeItem("qingdan." + key);
    } catch (blocked) {
      /* See above. */
    }
  }

  /* Scripts are fetched side by side and run in the order they were asked for. */
  function load(url) {
    return new Promise(function (done, failed) {
      var script = document.createElement("script");
      script.src = url;
      script.async = false;
      script.onload = done;
      script.onerror = function () {
        script.remove();
        failed(new Error("cannot load " + url));
      };
      document.head.appendChild(script);
    });
  }

  /* The address of a page in this language. */
  function address(path, anchor) {
    var home = document.body.dataset.home;
    var file = /index\.html$/.test(home) ? "index.html" : "";
    return home.replace(file, "") + path + "/" + file + (anchor || "");
  }

  function village() {
    var kept = read("village");
    return kept && kept.path && kept.names ? kept : null;
  }

  /* Its name in this language; until it was seen in this language, just "my village". */
  function nameOf(mine) {
    return mine.names[root.lang] || document.body.dataset.mineWord;
  }

  function named(path, name, phone) {
    var mine = village(), names = mine && mine.path === path ? mine.names : {};
    names[root.lang] = name;
    return { path: path, names: names, phone: phone };
  }

  function choose(place) {
    write("village", place);
    show();
    document.dispatchEvent(new CustomEvent("qingdan:village", { detail: place }));
  }

  self.Qingdan = { read: read, write: write, load: load, address: address, village: village, nameOf: nameOf, named: named, choose: choose };

  /* --- Looks ------------------------------------------------------------------- */

  all("[data-toggle]", function (button) {
    var key = button.dataset.toggle;
    button.hidden = false;
    button.setAttribute("aria-pressed", String(root.classList.contains(key)));
    button.addEventListener("click", function () {
      var on = root.classList.toggle(key);
      button.setAttribute("aria-pressed", String(on));
      write(key, on ? 1 : null);
    });
  });

  /* Part of an address as text; nothing where it is malformed. */
  function decoded(part) {
    try {
      return decodeURIComponent(part);
    } catch (malformed) {
      return "";
    }
  }

  function open(id) {
    var target = document.getElementById(id);
    if (target && target.tagName === "DETAILS") target.open = true;
  }

  function openTarget() {
    open(decoded(location.hash.slice(1)));
  }

  /* Who comes back finds the folds as they were left, and so the place where they were. */
  function keepFolds() {
    var folds = Array.from(document.querySelectorAll(".item[open]"), function (fold) { return fold.id; });
    try {
      history.replaceState({ folds: folds }, "");
    } catch (refused) {
      /* A page from files may not; its folds are closed again. */
    }
  }

  ((history.state || {}).folds || []).forEach(open);
  openTarget();
  addEventListener("hashchange", openTarget);
  if (document.querySelector(".item")) {
    addEventListener("hashchange", keepFolds);
    document.addEventListener("toggle", keepFolds, true);
  }

  /* Keeping pages for later must not get in the way of reading this one. */
  function offline() {
    var script = document.createElement("script");
    script.src = document.body.dataset.offline;
    document.head.appendChild(script);
  }
  if ("serviceWorker" in navigator && /^http/.test(location.protocol)) {
    addEventListener("load", function () { setTimeout(offline, 4000); });
  }

  var opened = [];
  var addressLine = document.querySelector("[data-address]");
  addEventListener("beforeprint", function () {
    /* A site that was not told its address knows it while it is being read. */
    if (!addressLine.textContent && /^http/.test(location.protocol)) addressLine.textContent = location.href.split("#")[0];
    opened = Array.from(document.querySelectorAll("details:not([open])"));
    opened.forEach(function (fold) { fold.open = true; });
  });
  addEventListener("afterprint", function () {
    opened.forEach(function (fold) { fold.open = false; });
  });

  /* --- My village -------------------------------------------------------------- */

  var here = document.querySelector("[data-place]");

  function place() {
    var phone = document.querySelector(".centre [data-own-phone] .dial");
    return named(here.dataset.place, here.dataset.name, phone ? phone.textContent.trim() : "");
  }

  function show() {
    var mine = village();
    all("[data-mine]", function (box) { box.hidden = !mine || !fits(box, mine); });
    all("[data-mine-unset]", function (box) { box.hidden = Boolean(mine); });
    all("[data-mine-name]", function (name) { name.textContent = mine ? nameOf(mine) : ""; });
    all("[data-mine-link]", function (link) {
      if (mine) link.href = address("places/" + pathFor(link, mine), link.dataset.mineLink);
    });
    all("[data-mine-phone]", function (link) {
      link.hidden = !mine || !mine.phone;
      if (mine && mine.phone) {
        link.href = "tel:" + mine.phone;
        link.textContent = mine.phone;
      }
    });
    var isMine = mine && here && mine.path === here.dataset.place;
    all("[data-mine-tab]", function (tab) {
      if (!tab.dataset.label) {
        tab.dataset.label = tab.textContent;
        tab.dataset.href = tab.getAttribute("href");
        tab.dataset.current = tab.getAttribute("aria-current") || "";
      }
      /* With its name on it the tab is where one is on its own page only. */
      if (mine ? isMine : tab.dataset.current) tab.setAttribute("aria-current", "true");
      else tab.removeAttribute("aria-current");
      tab.textContent = mine ? nameOf(mine) : tab.dataset.label;
      tab.setAttribute("href", mine ? address("places/" + mine.path) : tab.dataset.href);
    });
    if (here) {
      here.hidden = false;
      here.querySelector("[data-mine-set]").hidden = Boolean(isMine);
      here.querySelector("[data-mine-here]").hidden = !isMine;
    }
  }

  /* An item of the townships is answered by the township of my village. */
  function pathFor(link, mine) {
    return link.dataset.level === "township" ? mine.path.split("/")[0] : mine.path;
  }

  /* On an item's page: how the item reads in my village, if it reads differently there. */
  function fits(box, mine) {
    if (!box.dataset.level) return true;
    if (box.dataset.level === "village" && mine.path.indexOf("/") < 0) return false;
    var steps = [mine.path, mine.path.split("/")[0]];
    var only = box.dataset.only ? box.dataset.only.split(" ") : [];
    var outside = only.length > 0 && !steps.some(function (step) { return only.indexOf(step) >= 0; });
    var variant = steps.reduce(function (found, step) {
      return found || document.querySelector("[data-places~='" + step + "']");
    }, null);
    box.querySelector("[data-mine-same]").hidden = outside || Boolean(variant);
    box.querySelector("[data-mine-none]").hidden = !outside;
    box.querySelector("[data-mine-other]").hidden = outside || !variant;
    fill(box.querySelector("[data-mine-other]"), variant);
    box.querySelector("[data-mine-link]").hidden = outside;
    return true;
  }

  function fill(target, source) {
    target.textContent = "";
    Array.prototype.forEach.call(source ? source.childNodes : [], function (node) {
      target.appendChild(node.cloneNode(true));
    });
  }

  document.addEventListener("click", function (event) {
    var target = event.target.closest ? event.target.closest("[data-mine-set], [data-mine-forget], .places a") : null;
    if (!target) return;
    if (target.matches("[data-mine-forget]")) {
      choose(null);
    } else if (target.matches("[data-mine-set]")) {
      choose(place());
    } else if (location.hash === "#choose" && target.closest("li")) {
      choose(named(target.dataset.path, target.textContent.trim()));
    }
  });

  if (here) {
    if (village() && village().path === here.dataset.place) write("village", place());
    var printed = /[?&]e=([^&#]+)/.exec(location.search);
    var poster = document.querySelector("[data-poster]");
    var edition = printed ? decoded(printed[1]) : "";
    if (edition && edition < poster.dataset.poster) poster.hidden = false;
  }
  addEventListener("storage", show);
  addEventListener("pageshow", function (event) { if (event.persisted) show(); });
  show();

  /* --- Scripts that are loaded when they are wanted ------------------------------ */

  var form = document.querySelector("[data-ask]");
  var wanted;

  function preload(url) {
    var link = document.createElement("link");
    link.rel = "preload";
    link.as = "script";
    link.href = url;
    document.head.appendChild(link);
  }

  function startSearch() {
    if (wanted) return;
    var data = document.body.dataset;
    preload(data.searchLunr);
    preload(data.searchData);
    wanted = Promise.all([data.words, data.search, data.searchAnswers, data.searchBox].map(load));
    wanted.catch(function () { wanted = null; });
  }

  if (form) {
    form.addEventListener("focusin", startSearch);
    form.addEventListener("touchstart", startSearch, { passive: true });
    if (document.querySelector("[data-search-page]") || document.activeElement === form.q) startSearch();
  }

  /* The way to the search page is the box itself where a page has one. */
  Array.prototype.forEach.call(form ? document.querySelectorAll("[data-find]") : [], function (link) {
    link.addEventListener("click", function (event) {
      event.preventDefault();
      form.scrollIntoView({ block: "center" });
      form.q.focus();
    });
  });

  function startAnswer() {
    load(document.body.dataset.answer).catch(function () { /* The page is whole without. */ });
  }
  if (document.querySelector("[data-tools]")) {
    if (document.querySelector(".tools[data-tools]")) startAnswer();
    else document.addEventListener("toggle", startAnswer, { capture: true, once: true });
  }
})();
