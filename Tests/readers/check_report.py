"""Checks a page of plots and tables: check_report.py PAGE [--plots TITLE…] [--pictures FOLDER]

Nothing is asked of the network, nothing is said on the console, every plot is there and drawn,
no part is wider than the screen, links within the page lead somewhere, tables sort at a click.
"""

import argparse
import pathlib

from browser import Opened, browser, expect

WIDTHS = [(1280, "light"), (1280, "dark"), (400, "light"), (400, "dark")]

PLOTS = """() => Array.from(document.querySelectorAll('svg.plot')).map(plot => {
  plot.closest('details')?.setAttribute('open', '');
  const box = plot.getBoundingClientRect();
  const parts = plot.querySelectorAll('path, circle, rect').length;
  return {title: plot.getAttribute('aria-label'), width: box.width, height: box.height, parts,
          hasNumbers: !!plot.closest('figure')?.querySelector('details.numbers table tbody tr')};
})"""

LINKS = """() => Array.from(document.querySelectorAll('a[href^="#"]'))
  .filter(link => !document.getElementById(link.getAttribute('href').slice(1)))
  .map(link => link.getAttribute('href'))"""

# Of the first table with some rows of different numbers: the numbers of a column, in the page's order.
COLUMN = """([table, column]) => Array.from(document.querySelectorAll('table')[table].tBodies[0].rows)
  .map(row => row.cells[column].getAttribute('data-key'))"""

SORTABLE = """() => {
  const tables = Array.from(document.querySelectorAll('table'));
  for (const [place, table] of tables.entries()) {
    if (table.closest('details')) continue;
    const rows = Array.from(table.tBodies[0].rows);
    for (let column = 0; rows.length > 1 && column < rows[0].cells.length; column++) {
      const keys = rows.map(row => row.cells[column].getAttribute('data-key'));
      if (keys.every(key => key) && new Set(keys).size > 1) return [place, column];
    }
  }
  return null;
}"""


def check_plots(page, titles):
    plots = page.evaluate(PLOTS)
    expect(plots, f"{len(plots)} plots")
    for plot in plots:
        if not (plot["width"] > 100 and plot["height"] > 50 and plot["parts"] > 0):
            raise SystemExit(f"FAILED: the plot is not drawn: {plot}")
        if "no data" in plot["title"]:
            raise SystemExit(f"FAILED: the plot has no data: {plot['title']}")
    bare = [plot["title"] for plot in plots if not plot["hasNumbers"]]
    expect(not bare, f"every plot has its numbers behind it {bare or ''}")
    drawn = {plot["title"] for plot in plots}
    missing = [title for title in titles if not any(title in one for one in drawn)]
    expect(not missing, f"the plots that are asked for are there; missing: {missing}; drawn: {sorted(drawn)}"
           if missing else f"all of {len(titles)} plots that are asked for are there")


def check_sorting(page):
    place = page.evaluate(SORTABLE)
    if place is None:
        print("  no table with numbers to sort")
        return
    head = page.locator("table").nth(place[0]).locator("thead th button").nth(place[1])
    head.click()
    up = [float(key) for key in page.evaluate(COLUMN, place)]
    head.click()
    down = [float(key) for key in page.evaluate(COLUMN, place)]
    expect(up == sorted(up) and down == sorted(up, reverse=True), "a table sorts up and down")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page", type=pathlib.Path)
    parser.add_argument("--plots", nargs="*", default=[], help="beginnings of titles of plots")
    parser.add_argument("--pictures", type=pathlib.Path, help="a folder for pictures of the page")
    arguments = parser.parse_args()
    with browser() as running:
        for width, scheme in WIDTHS:
            print(f"{arguments.page.name} at {width} pixels, {scheme}")
            opened = Opened(running, arguments.page, width=width, scheme=scheme)
            page = opened.page
            if arguments.pictures:
                arguments.pictures.mkdir(parents=True, exist_ok=True)
                name = f"{arguments.page.stem}-{width}-{scheme}.png"
                page.screenshot(path=arguments.pictures / name, full_page=True)
            wide = page.evaluate("document.documentElement.scrollWidth")
            expect(wide <= width, f"nothing is wider than the screen ({wide})")
            expect(page.evaluate(LINKS) == [], "links within the page lead somewhere")
            check_plots(page, arguments.plots)
            check_sorting(page)
            expect(not opened.faults, f"no word on the console, nothing from the network {opened.faults or ''}")
            opened.close()


if __name__ == "__main__":
    main()
