// A click on a map fills the two fields that it names. Without this file one types the coordinates, or an address.

const SVG = "http://www.w3.org/2000/svg";

for (const map of document.querySelectorAll("svg[data-picks]")) {
  const [latitude, longitude] = map.dataset.picks.split(" ").map((id) => document.getElementById(id));
  const [west, north, scale, narrow] = ["west", "north", "scale", "narrow"].map((name) => Number(map.dataset[name]));
  if (!latitude || !longitude || !(scale > 0) || !(narrow > 0)) continue;
  map.classList.add("map-picks");
  const mark = document.createElementNS(SVG, "circle");
  mark.setAttribute("class", "map-picked");
  mark.setAttribute("r", "16");

  const number = (field) => Number(field.value.trim().replace(",", "."));
  const show = () => {
    const [lat, lon] = [number(latitude), number(longitude)];
    if (!latitude.value.trim() || !longitude.value.trim() || Number.isNaN(lat) || Number.isNaN(lon)) {
      mark.remove();
      return;
    }
    mark.setAttribute("cx", String((lon - west) * narrow * scale));
    mark.setAttribute("cy", String((north - lat) * scale));
    map.append(mark);
  };

  map.addEventListener("click", (event) => {
    const screen = map.getScreenCTM();
    if (!screen) return;
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(screen.inverse());
    const comma = document.documentElement.lang === "fr" ? "," : ".";
    const written = (degrees) => degrees.toFixed(5).replace(".", comma);
    latitude.value = written(north - at.y / scale);
    longitude.value = written(west + at.x / (scale * narrow));
    const folded = latitude.closest("details");
    if (folded) folded.open = true;
    show();
  });
  latitude.addEventListener("input", show);
  longitude.addEventListener("input", show);
  show();
}
