"""Opens the program's pages in headless Chromium, for the checks beside this file.

A page must need nothing but itself: whatever it says on the console as a warning or an error,
and whatever it asks of the network, is a fault.
"""

import contextlib
import pathlib
import shutil

from playwright.sync_api import sync_playwright

# Software rendering, so that WebGL is there on a machine without a graphics card.
ARGUMENTS = [
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
]


def executable():
    """The browser: Debian's chromium, or another of its family."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    raise SystemExit("no chromium: apt-get install chromium")


@contextlib.contextmanager
def browser(arguments=()):
    """A running browser."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=executable(), args=ARGUMENTS + list(arguments)
        )
        yield running
        running.close()


class Opened:
    """A page that is open, with the faults that it showed so far."""

    def __init__(self, running, path, width=1280, height=900, scheme="light", touch=False):
        self.context = running.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, has_touch=touch
        )
        self.page = self.context.new_page()
        self.faults = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("request", self._asked)
        self.url = pathlib.Path(path).resolve().as_uri()
        self.page.goto(self.url)
        self.page.wait_for_load_state("load")

    def _heard(self, message):
        # What the browser says of its own speed in software rendering is no fault of the page.
        if message.type in ("error", "warning") and "GPU stall" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _asked(self, request):
        if request.url != self.url and not request.url.startswith(("data:", "blob:")):
            self.faults.append(f"request: {request.url}")

    def close(self):
        """Closes the page; what it showed on the way is in `faults`."""
        self.context.close()


def expect(holds, words):
    """Ends the check, unless what is expected holds."""
    if not holds:
        raise SystemExit(f"FAILED: {words}")
    print(f"  {words}")
