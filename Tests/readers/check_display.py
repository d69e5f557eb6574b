"""Checks an event's page or a gallery: check_display.py PAGE [--flat] [--pictures FOLDER]

Nothing is asked of the network, nothing is said on the console, no view is blank, every switch shows and
hides its layer, filters leave fewer, a click picks the track that lies there. With --flat the page is one
that was made without three.js, and must say so.
"""

import argparse
import pathlib

from browser import Opened, browser, expect

SIZES = [(1280, "light", False), (1280, "dark", False), (400, "dark", True)]

# A hit of a track that is shown: its layer, its place in it, and the hit's place in the event.
A_TRACK = """() => {
  const {stage} = trackflow;
  const layer = stage.layers.list.find(one => one.isOn && one.of === 'tracks');
  if (!layer) return null;
  const {first, hit} = layer.set;
  for (let item = 0; item + 1 < first.length; item += 1) {
    if (stage.layers.passesItem(layer, item) && first[item + 1] - first[item] > 2)
      return [layer.id, item, hit[first[item] + 1]];
  }
}"""

SWITCHES = "Array.from(document.querySelectorAll('input[data-layer]'), box => box.dataset.layer)"


def check_views(page, views):
    for view in views:
        page.click(f'[data-show="{view}"]')
        ink = page.evaluate(f"trackflow.ink('{view}')")
        expect(ink > 0.005, f"{view} is not blank ({100 * ink:.1f} % of it is drawn)")


def check_switches(page):
    layers = [layer for layer in page.evaluate(SWITCHES) if layer != "detector"]
    for layer in layers:
        box = page.locator(f'input[data-layer="{layer}"]')
        was = box.is_checked()
        box.set_checked(True)
        on = page.evaluate("trackflow.counts()")
        box.set_checked(False)
        off = page.evaluate("trackflow.counts()")
        if layer not in on or layer in off:
            raise SystemExit(f"FAILED: the switch of {layer} does nothing: {on}, then {off}")
        box.set_checked(was)
    expect(layers, f"{len(layers)} switches show and hide their layers")


def check_pick(page, view):
    found = page.evaluate(A_TRACK)
    if found is None:
        print("  no tracks to pick")
        return
    layer, item, hit = found
    page.click(f'[data-show="{view}"]')
    # The view has its size from the next frame on.
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    x, y = page.evaluate(f"trackflow.place('{view}', {hit})")
    picked = page.evaluate(f"trackflow.pick('{view}', {x}, {y})")
    expect(picked and picked["layer"] == layer, f"a click in {view} picks a track: {picked}")
    words = page.inner_text("#picked")
    expect(words.startswith("Track") and "hits" in words, "and its hits are listed")
    page.keyboard.press("Escape")
    expect(not page.is_visible("#picked"), "Esc lets go")


def check_filter(page):
    if page.locator('[data-filter="pT-low"]').count() == 0:
        return
    page.click("#reset-filter")
    all_of_them = page.evaluate("trackflow.counts()")
    page.fill('[data-filter="pT-low"]', "1.5")
    fewer = page.evaluate("trackflow.counts()")
    tracks = [layer for layer in fewer if layer.startswith("tracks")]
    expect(tracks and all(0 < fewer[one] < all_of_them[one] for one in tracks),
           f"a limit of pT leaves fewer tracks: {[(all_of_them[one], fewer[one]) for one in tracks]}")
    page.click("#reset-filter")


def check_event(page, is_flat):
    expect(page.evaluate("trackflow.has3D") != is_flat, "the view in three dimensions is " +
           ("not there" if is_flat else "there"))
    expect(page.is_visible("#no-3d") == is_flat, "which the page says" if is_flat else "without a notice")
    views = ["xy", "rz"] if is_flat else ["space", "xy", "rz"]
    check_views(page, views)
    if page.viewport_size["width"] <= 900:
        page.click("details.panel summary")
    check_switches(page)
    check_filter(page)
    for view in views:
        check_pick(page, view)


def check_gallery(page, is_flat):
    expect(page.evaluate("trackflow.has3D") != is_flat, "three dimensions: " + str(not is_flat))
    count = page.evaluate("trackflow.stages.length")
    for figure in range(count):
        for view in ["xy", "rz"] if is_flat else ["space", "xy", "rz"]:
            ink = page.evaluate(f"trackflow.ink({figure}, '{view}')")
            if not ink > 0.005:
                raise SystemExit(f"FAILED: figure {figure}, {view} is blank")
    expect(count, f"{count} figures, none of their views blank")
    expect(page.locator("svg.plot path").count() > 0, "the histogram is drawn")
    page.locator("button[data-turn]").first.click()
    expect(page.locator("figure.turns").count() == 1, "a figure can be turned")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page", type=pathlib.Path)
    parser.add_argument("--flat", action="store_true", help="the page is without three.js")
    parser.add_argument("--pictures", type=pathlib.Path, help="a folder for pictures of the page")
    arguments = parser.parse_args()
    with browser() as running:
        for width, scheme, touch in SIZES:
            print(f"{arguments.page.name} at {width} pixels, {scheme}")
            opened = Opened(running, arguments.page, width=width, scheme=scheme, touch=touch)
            page = opened.page
            expect(page.evaluate("window.trackflow?.isReady === true"), "the script has opened the page")
            if arguments.pictures:
                arguments.pictures.mkdir(parents=True, exist_ok=True)
                page.screenshot(path=arguments.pictures / f"{arguments.page.stem}-{width}-{scheme}.png")
            wide = page.evaluate("document.documentElement.scrollWidth")
            expect(wide <= width, f"nothing is wider than the screen ({wide})")
            if page.evaluate("'stages' in trackflow"):
                check_gallery(page, arguments.flat)
            else:
                check_event(page, arguments.flat)
            expect(not opened.faults, f"no word on the console, nothing from the network {opened.faults or ''}")
            opened.close()


if __name__ == "__main__":
    main()
