/* Answers under the search box of any page but the search page: a combobox's listbox
   (WAI-ARIA 1.2). The box itself is search-box.js, which runs after this. ES2017. */
self.QingdanAnswers = function (box) {
  "use strict";
  var form = box.form, input = box.input, words = box.words, make = box.make;
  var shown = make("div", "found"), list = make("div"), active = -1, asked = "";
  list.id = "found";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", words.results);
  shown.hidden = true;
  shown.setAttribute("data-search-results", "");
  form.appendChild(shown);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", "found");
  input.setAttribute("aria-expanded", "false");

  function wholePage(text) {
    return form.action.replace(/[?#].*/, "") + "?q=" + encodeURIComponent(text);
  }

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
      box.hook(link, result);
      if (result.list) group.dataset.listId = result.list;
    }
    list.appendChild(group);
    return link;
  }

  function resultOption(result) {
    option(box.addressOf(result), [
      make("span", "found__name", [box.marked(result.name, result.marks)]),
      box.verdict(result), " ", box.whom(result),
      make("span", "found__more", [box.called(result)])
    ], result);
  }

  function showRecent() {
    box.recent().forEach(function (text) {
      option(wholePage(text), [text]);
    });
    if (list.firstChild) {
      shown.insertBefore(make("p", "hint", [words.recent]), list);
      shown.appendChild(box.forgetButton(box.pending));
    }
  }

  function showAnswer(found) {
    found.hotlines.forEach(function (each) {
      option("tel:" + each.number, [
        make("span", "found__name", ["☎ " + each.number + " " + each.name]),
        each.confirmed ? null : make("span", "found__more", [words.unconfirmed])
      ]);
    });
    if (!found.confident) shown.insertBefore(box.help(found), list);
    (found.confident ? found.results : found.nearest).forEach(resultOption);
    var whole = make("a", "found__all", [words.all]);
    whole.href = wholePage(box.query());
    shown.appendChild(whole);
  }

  function show(found) {
    var isSame = asked === box.query(), chosen = isSame && options()[active];
    var isInside = document.activeElement === input || (isSame && shown.contains(document.activeElement));
    asked = box.query();
    select(-1);
    shown.textContent = list.textContent = "";
    shown.appendChild(list);
    if (found === "failed") shown.insertBefore(box.trouble(), list);
    else if (found === "loading") shown.insertBefore(make("p", "hint", [words.loading]), list);
    else if (found) showAnswer(found);
    else showRecent();
    open(isInside && shown.querySelector("p, a"));
    if (chosen) select(Array.from(options()).map(String).indexOf(String(chosen)));
  }

  function open(on) {
    if (on && shown.hidden && form.getBoundingClientRect().top > innerHeight / 3) form.scrollIntoView();
    shown.hidden = !on;
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
    if (shown.hidden) return box.render();
    var count = options().length + 1; /* one more: back in the box itself */
    select((active + 1 + by + count) % count - 1);
    return undefined;
  }

  function key(event) {
    var chosen = options()[active];
    if (event.key === "ArrowDown") step(1);
    else if (event.key === "ArrowUp") step(-1);
    else if (event.key === "Escape" && !shown.hidden) open(false);
    else if (event.key === "Enter" && chosen) chosen.click();
    else return;
    event.preventDefault();
  }

  shown.addEventListener("click", function (event) {
    var link = event.target.closest("a");
    if (!link) return;
    box.remember(box.query());
    if (/^#/.test(link.getAttribute("href"))) open(false);
  });
  input.addEventListener("focus", box.render);
  input.addEventListener("click", function () { if (shown.hidden) box.render(); });
  form.addEventListener("focusout", function (event) {
    if (!form.contains(event.relatedTarget)) open(false);
  });
  document.addEventListener("pointerdown", function (event) {
    if (!form.contains(event.target)) open(false);
  });
  form.addEventListener("submit", function (event) {
    if (box.isComposing() || !box.query()) event.preventDefault();
    else box.remember(box.query());
  });
  return { element: shown, limit: 6, show: show, key: key };
};
