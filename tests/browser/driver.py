"""A browser without a window, driven over a pair of pipes: pages are opened, measured, and searched for barriers by axe-core.

Nothing but Chromium and a file of axe-core is needed. `KEPUASAN_AXE` is the path of `axe.min.js`; `KEPUASAN_CHROMIUM` that of the browser, where it
has none of the usual names.
"""

import base64
import fcntl
import json
import os
import select
import shutil
import signal
import time
from collections import deque

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--headless=new",
    "--remote-debugging-pipe",
    "--no-first-run",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
)


def chromium():
    """The path of the browser, or None."""
    return os.environ.get("KEPUASAN_CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)


def axe():
    """The path of axe-core, or None."""
    return os.environ.get("KEPUASAN_AXE")


def absent():
    """What the tests of this folder lack, in words; empty where they can run."""
    if os.name != "posix":
        return "the browser is driven over pipes, which this system does not hand on"
    if chromium() is None:
        return "no Chromium is installed; name one by KEPUASAN_CHROMIUM"
    return "" if axe() else "no axe-core; name its axe.min.js by KEPUASAN_AXE"


class Browser:
    """One browser with one page."""

    def __init__(self, profile):
        self.place, self.events, self.number, self.unread = profile, deque(), 0, b""
        ours_in, theirs_out = (fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in os.pipe())
        theirs_in, ours_out = (fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in os.pipe())
        self.ours_in, self.ours_out = ours_in, ours_out
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        self.process = os.posix_spawn(
            chromium(),
            [chromium(), *ARGUMENTS, *sandbox, f"--user-data-dir={profile}"],
            dict(os.environ),
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
                (os.POSIX_SPAWN_OPEN, 2, str(profile / "log.txt"), os.O_WRONLY | os.O_CREAT, 0o600),
                (os.POSIX_SPAWN_DUP2, theirs_in, 3),
                (os.POSIX_SPAWN_DUP2, theirs_out, 4),
            ],
            setsid=True,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self.session = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for room in ("Page", "Network", "Log", "Runtime"):
            self.call(f"{room}.enable")

    def close(self):
        os.close(self.ours_out)
        for _ in range(50):
            if os.waitpid(self.process, os.WNOHANG)[0]:
                break
            time.sleep(0.1)
        else:
            os.killpg(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
        os.close(self.ours_in)

    def call(self, method, **parameters):
        """What the browser answers to a command."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters, **({"sessionId": self.session} if self.session else {})}
        text = memoryview(json.dumps(message).encode("utf-8") + b"\0")
        while text:
            text = text[os.write(self.ours_out, text) :]
        return self.await_(lambda one: one.get("id") == self.number)

    def await_(self, wanted, seconds=60):
        """The first message that is wanted; all others are events, kept in order."""
        end = time.monotonic() + seconds
        while True:
            while b"\0" in self.unread:
                text, self.unread = self.unread.split(b"\0", 1)
                message = json.loads(text)
                if "method" in message:
                    self.events.append(message)
                if wanted(message):
                    if "error" in message:
                        raise RuntimeError(message["error"]["message"])
                    return message.get("result", message)
            if not select.select([self.ours_in], [], [], max(0.0, end - time.monotonic()))[0]:
                raise TimeoutError("the browser does not answer")
            part = os.read(self.ours_in, 1 << 20)
            if not part:
                raise RuntimeError(f"the browser ended: {(self.place / 'log.txt').read_text(errors='replace')[-500:]}")
            self.unread += part

    def show(self, page, *, width=1280, height=800, media="screen", dark=False):
        """Open a page (a path) at a width, as seen on a screen or on paper."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        features = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.call("Emulation.setEmulatedMedia", media=media, features=features)
        self.events.clear()
        self.call("Page.navigate", url=page.as_uri())
        if not any(one["method"] == "Page.loadEventFired" for one in self.events):
            self.await_(lambda one: one.get("method") == "Page.loadEventFired")

    def run(self, expression):
        """The value of an expression in the page; our own commands are not held back by the page's policy."""
        answer = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["exception"].get("description", "the page threw an error"))
        return answer["result"].get("value")

    def press(self, key):
        """A key, with what the browser does by itself on it."""
        code = {"Tab": 9, "Enter": 13}[key]
        text = {"text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, **(text if kind == "keyDown" else {}))

    def picture(self, path, *, whole=True):
        """Write what is seen, the whole page or its first screen."""
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", captureBeyondViewport=whole)["data"]))

    def paper(self, path):
        """Write the page as it is printed."""
        self.call("Emulation.setEmulatedMedia", media="print")
        path.write_bytes(base64.b64decode(self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"]))

    def requests(self):
        """The addresses that were asked for since the page was opened."""
        self.run("1")
        return [one["params"]["request"]["url"] for one in self.events if one["method"] == "Network.requestWillBeSent"]

    def complaints(self):
        """What the browser logged since the page was opened."""
        self.run("1")
        return [one["params"]["entry"]["text"] for one in self.events if one["method"] == "Log.entryAdded"]
