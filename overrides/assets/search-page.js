/* The search page: whole results, and an address that can be shared. The box itself is
   search-box.js, which runs after this. ES2017. */
self.QingdanAnswers = function (box) {
  "use strict";
  var here = self.Qingdan, form = box.form, input = box.input, words = box.words, make = box.make;
  var shown = document.querySelector("[data-search-page]"), title = document.title;

  function card(result) {
    var name = make("a", "results__name", [box.marked(result.name, result.marks)]);
    name.href = box.addressOf(result);
    var inner = make("div", "", [
      make("p", "", [name]),
      make("p", "", [box.verdict(result), " ", box.whom(result), " ", box.isContact(result.phone) ? box.dial(result.phone) : null]),
      result.called && result.called.length ? make("p", "called", [box.called(result)]) : null,
      result.kind === "place" ? keep(result) : null
    ]);
    box.hook(inner, result);
    var outer = make("li", result.role ? "items--" + result.role : "", [inner]);
    if (result.list) outer.dataset.listId = result.list;
    return outer;
  }

  function keep(result) {
    var button = make("button", "tool", [box.say("keep", { name: result.name })]);
    button.type = "button";
    button.addEventListener("click", function () {
      here.choose(here.named(result.path.replace(/^places\//, ""), result.name, result.phone));
    });
    return button;
  }

  function cards(found) {
    var list = make("ul", "results");
    found.forEach(function (each) { list.appendChild(card(each)); });
    shown.appendChild(list);
  }

  function hotlines(found) {
    var list = make("ul", "hotlines");
    found.forEach(function (each) {
      list.appendChild(make("li", "", [box.dial(each.number, each.name), source(each)]));
    });
    if (found.length) shown.appendChild(list);
  }

  function source(hotline) {
    var link = make("a", "hint", [hotline.confirmed ? words.source : words.unconfirmed]);
    link.href = here.address("sources", "#hotlines");
    return make("p", "", [link]);
  }

  function showRecent() {
    var list = make("ul", "phrases");
    box.recent().forEach(function (text) {
      var link = make("a", "", [text]);
      link.href = "?q=" + encodeURIComponent(text);
      list.appendChild(make("li", "", [link]));
    });
    if (!list.firstChild) return;
    shown.appendChild(make("h2", "", [words.recent]));
    shown.appendChild(list);
    var button = box.forgetButton(box.pending);
    button.className = "tool";
    shown.appendChild(button);
  }

  function showAnswer(found) {
    hotlines(found.hotlines);
    var mine = here.village();
    if (mine) shown.appendChild(make("p", "hint", [box.say("in_place", { name: here.nameOf(mine) })]));
    if (!found.confident) {
      var notice = box.help(found);
      if (found.complete) notice.appendChild(box.dial(document.body.dataset.hotline));
      shown.appendChild(notice);
    }
    cards(found.confident ? found.results : found.nearest);
  }

  function show(found) {
    shown.textContent = "";
    if (found === "failed") shown.appendChild(box.trouble());
    else if (found === "loading") shown.appendChild(make("p", "hint", [words.loading]));
    else if (found) showAnswer(found);
    else showRecent();
    note(true);
  }

  function target() {
    return location.pathname + (box.query() ? "?q=" + encodeURIComponent(box.query()) : "");
  }

  /* The other language answers the same question. */
  function switchWith(question) {
    Array.prototype.forEach.call(document.querySelectorAll(".top [hreflang]"), function (link) {
      link.href = link.href.replace(/\?.*/, "") + question;
    });
  }

  /* One step of the history for each question, not for each key: what is being typed
     takes the place of what was typed before it. From files the browser may refuse to
     change the address; the answer is there all the same. */
  function note(typing) {
    switchWith(target().slice(location.pathname.length));
    var over = !asked() || asked() === box.query() || (history.state && history.state.typing);
    document.title = (box.query() ? box.query() + " · " : "") + title;
    if (typing && asked() === box.query()) return true;
    try {
      history[over ? "replaceState" : "pushState"]({ typing: typing }, "", target());
      return true;
    } catch (refused) {
      return false;
    }
  }

  function key() {
    /* Enter submits, everything else is the browser's. */
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    if (box.isComposing() || !box.query()) return;
    box.remember(box.query());
    if (!note(false)) location.search = "?q=" + encodeURIComponent(box.query());
    input.blur();
    box.pending();
  });
  shown.addEventListener("click", function (event) {
    if (event.target.closest("a")) box.remember(box.query());
  });
  addEventListener("popstate", function () {
    input.value = asked();
    box.pending();
  });
  document.addEventListener("qingdan:village", box.pending);
  input.value = input.value || asked();

  /* What the address asks for. */
  function asked() {
    var found = /[?&]q=([^&#]*)/.exec(location.search);
    try {
      return found ? decodeURIComponent(found[1].replace(/\+/g, " ")).trim() : "";
    } catch (malformed) {
      return "";
    }
  }

  return { element: shown, limit: 20, show: show, key: key };
};
