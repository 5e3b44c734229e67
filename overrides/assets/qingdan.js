/* What a page can do beyond being read. Everything here is optional: without it all
   facts and links are there. ES2017, for the engines inside old phones. */
(function () {
  "use strict";
  var root = document.documentElement;

  function remember(key, on) {
    try {
      if (on) localStorage.setItem("qingdan." + key, "1");
      else localStorage.removeItem("qingdan." + key);
    } catch (blocked) {
      /* Storage may be forbidden; the choice then holds for this page only. */
    }
  }

  document.querySelectorAll("[data-toggle]").forEach(function (button) {
    var key = button.dataset.toggle;
    button.hidden = false;
    button.setAttribute("aria-pressed", String(root.classList.contains(key)));
    button.addEventListener("click", function () {
      var on = root.classList.toggle(key);
      button.setAttribute("aria-pressed", String(on));
      remember(key, on);
    });
  });

  function openTarget() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.tagName === "DETAILS") target.open = true;
  }
  addEventListener("hashchange", openTarget);
  openTarget();

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
  addEventListener("beforeprint", function () {
    opened = Array.from(document.querySelectorAll("details:not([open])"));
    opened.forEach(function (fold) { fold.open = true; });
  });
  addEventListener("afterprint", function () {
    opened.forEach(function (fold) { fold.open = false; });
  });
})();
