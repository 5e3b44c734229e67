/* Registers the service worker some time after a page has come to rest, tells it what to
   keep, and says on the page what it did. Loaded by qingdan.js; ES2017. */
(function () {
  "use strict";
  var root = new URL("..", document.currentScript.src).href;
  var html = document.documentElement;
  var container = navigator.serviceWorker;
  var hadController = Boolean(container.controller);

  function link(rel, href) {
    var element = document.createElement("link");
    element.rel = rel;
    element.href = root + href;
    document.head.appendChild(element);
  }

  function pagesToKeep() {
    var pages = [location.href];
    try {
      var mine = JSON.parse(localStorage.getItem("qingdan.village") || "null");
      if (mine && mine.path) pages.push(new URL("places/" + mine.path + "/", new URL(document.body.dataset.home, location.href)).href);
    } catch (blocked) {
      /* No village is remembered where storage is forbidden. */
    }
    return pages;
  }

  function ask(registration) {
    registration.active.postMessage({ lang: html.lang, pages: pagesToKeep() });
  }

  function say(text, className) {
    var note = document.createElement("p");
    note.className = className;
    note.setAttribute("role", "status");
    note.textContent = text;
    return note;
  }

  function sayKept(words) {
    var foot = document.querySelector("footer");
    var day = new Date().toLocaleDateString(html.lang, { year: "numeric", month: "long", day: "numeric" });
    if (!html.hasAttribute("data-offline-ready")) foot.appendChild(say(words.kept.replace("{date}", day), "foot__kept"));
    html.setAttribute("data-offline-ready", "");
  }

  /* `stale`: this page was opened before the new edition came. */
  function sayUpdated(words, stale) {
    var bar = say(stale ? words.updated : words.renewed, "note-bar");
    var header = document.querySelector("header");
    if (stale) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "tool";
      button.textContent = words.reload;
      button.addEventListener("click", function () { location.reload(); });
      bar.appendChild(button);
    }
    header.insertBefore(bar, header.firstChild);
  }

  /* The version this phone kept before; nothing where storage is forbidden. */
  function exchange(version) {
    try {
      var before = localStorage.getItem("qingdan.version");
      localStorage.setItem("qingdan.version", version);
      return before;
    } catch (blocked) {
      return null;
    }
  }

  var replaced = false;
  container.addEventListener("message", function (event) {
    var before = exchange(event.data.version);
    if (replaced || (before && before !== event.data.version)) sayUpdated(event.data.words, replaced);
    replaced = false;
    sayKept(event.data.words);
  });

  /* Another version took over: it is asked to keep this page, and answers in words. */
  container.addEventListener("controllerchange", function () {
    replaced = hadController;
    hadController = true;
    if (replaced) container.ready.then(ask);
  });

  document.addEventListener("qingdan:village", function () { container.ready.then(ask); });

  link("manifest", "manifest.webmanifest");
  link("icon", "assets/icon-192.png");
  container.register(root + "sw.js", { scope: root }).then(function () { return container.ready; }).then(ask);
})();
