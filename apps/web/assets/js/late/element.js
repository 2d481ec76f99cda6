// What the palette is made of.

export function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

/** A sign of the sprite that the page has, as ui.Icon draws it. */
export function icon(name, className = "icon") {
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  drawn.setAttribute("class", className);
  drawn.setAttribute("aria-hidden", "true");
  drawn.append(document.createElementNS("http://www.w3.org/2000/svg", "use"));
  drawn.firstChild.setAttribute("href", signOf(name));
  return drawn;
}

/** The address of a sign. */
export function signOf(name) {
  const [sprite] = document.querySelector("use").getAttribute("href").split("#");
  return `${sprite}#${name}`;
}

/** Writes a text, where it is another than what is there. */
export function write(element, text) {
  if (!element.firstChild) element.append(text);
  else if (element.firstChild.data !== text) element.firstChild.data = text;
}
