/* What can be done with an answer: pass it on as a short text, and have it read aloud.
   Loaded on pages of items, and on pages of places when the first item is folded open.
   The text has at most 70 characters apart from its link: one Chinese SMS. ES2017. */
(function () {
  "use strict";
  var LONGEST = 70;
  var root = document.documentElement, here = self.Qingdan;
  var chinese = /^zh/.test(root.lang);

  function text(element) {
    return element ? element.textContent.replace(/\s+/g, " ").trim() : "";
  }

  /* --- What is shared ------------------------------------------------------------ */

  function link(anchor) {
    var canonical = document.querySelector("link[rel=canonical]");
    return (canonical ? canonical.href : location.href.replace(/[?#].*/, "")) + anchor;
  }

  /* The answer an element stands in: a fold on a place's page, or a whole item's page. */
  function answerOf(element) {
    var fold = element.closest(".item");
    var place = document.querySelector("[data-place]");
    if (fold) {
      var list = fold.closest("[data-list-id]").dataset.listId;
      return {
        name: text(fold.querySelector(".item__name")),
        verdict: text(document.querySelector(".list-nav a[href='#" + list + "'] [data-verdict]")),
        place: place ? place.dataset.name : "",
        who: text(fold.querySelector("[data-who]")),
        phone: text(fold.querySelector(".item__answer .dial")),
        own: text(document.querySelector("[data-own-phone] .dial")),
        said: fold.querySelectorAll(".item__answer > p:not(.item__more)"),
        link: link("#" + fold.id)
      };
    }
    return {
      name: text(document.querySelector("h1")),
      verdict: text(document.querySelector(".answer .verdict")),
      place: "",
      who: text(document.querySelector(".instead [data-who]") || document.querySelector("[data-who]")),
      phone: text(document.querySelector("[data-department-phone] .dial")),
      own: "",
      said: document.querySelectorAll(".answer__text, .instead > p:first-child"),
      link: link("")
    };
  }

  /* Longest parts give way first; a number to ring stays, and says whose it is: that of
     whom the answer names, the place's, or the hotline. */
  function short(answer) {
    var colon = chinese ? "：" : ": ", stop = chinese ? "。" : ". ";
    var phone = answer.phone || answer.own || document.body.dataset.hotline;
    var whose = answer.own ? answer.place : text(document.querySelector(".foot__call span")) + " ";
    var end = (answer.who ? answer.who + (answer.phone ? " " : stop) : "") + (answer.phone ? "" : whose) + "☎" + phone;
    var start = answer.verdict + (answer.place ? "（" + answer.place + "）" : "");
    if (!chinese) start = start.replace("（", " (").replace("）", ")");
    var room = LONGEST - (start + colon + stop + end).length;
    if (room < 8) {
      end = "☎" + phone;
      room = LONGEST - (start + colon + stop + end).length;
    }
    var name = answer.name.length > room ? answer.name.slice(0, room - 1) + "…" : answer.name;
    return name + colon + start + stop + end;
  }

  function copy(message) {
    if (navigator.clipboard && navigator.clipboard.writeText) return navigator.clipboard.writeText(message);
    var area = document.createElement("textarea");
    area.value = message;
    area.readOnly = true;
    document.body.appendChild(area);
    area.select();
    var done = document.execCommand("copy");
    area.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("copying is not allowed"));
  }

  /* A browser that cannot copy shows the text, to be copied by hand. */
  function display(button, message) {
    var shown = button.parentNode.querySelector("textarea") || document.createElement("textarea");
    shown.value = message;
    shown.readOnly = true;
    shown.setAttribute("aria-label", button.textContent);
    button.parentNode.appendChild(shown);
    shown.select();
  }

  function share(button) {
    var answer = answerOf(button), message = short(answer);
    var whole = message + "\n" + answer.link;
    var label = button.dataset.label || (button.dataset.label = button.textContent);
    if (navigator.share) {
      navigator.share({ text: message, url: answer.link }).catch(function () { /* Changed their mind. */ });
      return;
    }
    copy(whole).then(function () {
      button.textContent = button.dataset.done;
      setTimeout(function () { button.textContent = label; }, 4000);
    }, function () { display(button, whole); });
  }

  /* --- Reading aloud --------------------------------------------------------------- */

  var speech = self.speechSynthesis, reading = null;

  /* A voice of the page's language, one on the phone itself before one from afar. */
  function voice() {
    var wanted = chinese ? /^(zh|cmn)/i : new RegExp("^" + root.lang.split("-")[0], "i");
    var voices = (speech ? speech.getVoices() : []).filter(function (each) {
      return wanted.test(each.lang) && !/yue|hk/i.test(each.lang);
    });
    return voices.filter(function (each) { return each.localService; })[0] || voices[0];
  }

  function stop() {
    if (!reading) return;
    reading.textContent = reading.dataset.label;
    reading.setAttribute("aria-pressed", "false");
    reading = null;
    speech.cancel();
  }

  /* Sentence by sentence: some engines fall silent in the middle of a long text. */
  function read(button) {
    var answer = answerOf(button), again = reading === button;
    stop();
    if (again) return;
    var parts = [answer.name, answer.verdict].concat(Array.prototype.map.call(answer.said, text));
    var sentences = parts.join("。").match(/[^。；！？!?;]+/g) || [];
    reading = button;
    button.dataset.label = button.textContent;
    button.textContent = button.dataset.stop;
    button.setAttribute("aria-pressed", "true");
    sentences.forEach(function (sentence, index) {
      var words = new SpeechSynthesisUtterance(sentence);
      words.voice = voice();
      words.lang = words.voice.lang;
      words.rate = 0.9;
      if (index === sentences.length - 1) words.onend = function () { if (reading === button) stop(); };
      speech.speak(words);
    });
  }

  addEventListener("pagehide", stop);

  /* --- The buttons ------------------------------------------------------------------ */

  function enable(tools) {
    tools.hidden = false;
    tools.querySelector("[data-share]").addEventListener("click", function (event) { share(event.currentTarget); });
    tools.querySelector("[data-read]").addEventListener("click", function (event) { read(event.currentTarget); });
  }

  function showVoices() {
    if (!voice()) return;
    Array.prototype.forEach.call(document.querySelectorAll(".tools [data-read]"), function (button) {
      button.hidden = false;
    });
  }

  function addTo(fold) {
    var template = document.querySelector("template[data-tools]");
    if (!template || !fold.matches || !fold.matches("details.item[open]") || fold.querySelector(".tools")) return;
    fold.querySelector(".item__answer").appendChild(template.content.cloneNode(true));
    enable(fold.querySelector(".tools"));
    showVoices();
  }

  Array.prototype.forEach.call(document.querySelectorAll("div[data-tools]"), enable);
  Array.prototype.forEach.call(document.querySelectorAll("details.item[open]"), addTo);
  document.addEventListener("toggle", function (event) { addTo(event.target); }, true);
  if (speech) {
    showVoices();
    if (speech.addEventListener) speech.addEventListener("voiceschanged", showVoices);
  }
})();
