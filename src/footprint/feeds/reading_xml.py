"""XML read element by element, within bounds: no document type, no entities, no depth or size that a return never has.

Gives the header once, and each person's element as a small tree whose nodes know their line. Names lose their prefix:
suppliers differ in namespaces as they do in names.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, Locator

from defusedxml import DefusedXmlException
from defusedxml.expatreader import create_parser

from footprint.feeds.refusing import RefusedError

_PIECE: Final = 1 << 16
_DEEPEST: Final = 40
_MOST_ELEMENTS: Final = 20_000
_LONGEST_TEXT: Final = 1 << 16


class Node:
    """One element: its name, line, own text, and children by name. `above` is the element around it."""

    __slots__ = ("above", "children", "line", "name", "text")

    def __init__(self, name: str, line: int, above: Node | None) -> None:
        self.name = name
        self.line = line
        self.above = above
        self.text = ""
        self.children: dict[str, list[Node]] = {}

    def all(self, path: tuple[str, ...]) -> list[Node]:
        """Return the elements at `path` below this one, in their order; '..' goes up."""
        found = [self]
        for step in path:
            if step == "..":
                found = [node.above for node in found if node.above]
            elif len(found) == 1:
                found = found[0].children.get(step, [])
            else:
                found = [child for node in found for child in node.children.get(step, ())]
            if not found:
                return []
        return found

    def value(self, path: tuple[str, ...]) -> str:
        """Return the first text at `path` that is not empty, else an empty string."""
        for node in self.all(path):
            if node.text:
                return node.text
        return ""

    def walk(self) -> Iterator[Node]:
        """Return this element and every one below it."""
        yield self
        for children in self.children.values():
            for child in children:
                yield from child.walk()


class XmlFile:
    """An XML file with its persons. `header` is the tree of everything outside them, complete once persons are read."""

    def __init__(self, path: Path, *, root: str, record: str) -> None:
        self._path = path
        self._collector = _Collector(root, tuple(record.split("/")))
        self.paths: set[str] = self._collector.paths

    @property
    def header(self) -> Node:
        return self._collector.top or Node("", 1, None)

    def records(self) -> Iterator[Node]:
        """Return each person's element as it closes. Raises RefusedError where the file is no such XML, or ends too early."""
        parser = create_parser(forbid_dtd=True)
        parser.setContentHandler(self._collector)
        self._collector.setDocumentLocator(
            parser
        )  # which it does by itself only when it reads the file alone
        name = self._path.name
        try:
            with self._path.open("rb") as stream:
                while piece := stream.read(_PIECE):
                    parser.feed(piece)
                    yield from self._collector.taken()
            parser.close()
            yield from self._collector.taken()
        except DefusedXmlException:
            raise RefusedError(
                "The file declares a document type or entities, which are not accepted. Leave them out.",
                file=name,
            ) from None
        except SAXParseException as error:
            raise RefusedError(
                f"The file is not well-formed XML from here on ({error.getMessage()}). Half a file? Send it again.",
                file=name,
                line=error.getLineNumber() or 0,
            ) from None
        except _OutOfBoundsError as error:
            raise RefusedError(str(error), file=name, line=error.line) from None
        except (LookupError, UnicodeError, ValueError) as error:
            raise RefusedError(
                f"The file cannot be decoded ({error}). Save it as UTF-8.", file=name
            ) from None


class _OutOfBoundsError(Exception):
    def __init__(self, sentence: str, line: int) -> None:
        super().__init__(sentence)
        self.line = line


class _Collector(ContentHandler):
    """Builds the header's tree and one tree per person, and remembers which paths inside a person were seen."""

    def __init__(self, root: str, record: tuple[str, ...]) -> None:
        super().__init__()
        self._root = root
        self._record = (root, *record)
        self._locator: Locator | None = None
        self._stack: list[Node] = []
        self._names: list[str] = []
        self._inside = 0  # depth of the person's element while one is open
        self._elements = 0
        self._text: list[str] = []
        self._done: list[Node] = []
        self._path: list[str] = []
        self.paths: set[str] = set()
        self.top: Node | None = None

    def taken(self) -> list[Node]:
        done, self._done = self._done, []
        return done

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802 - the name is SAX's
        self._locator = locator

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 - the name is SAX's
        name = name.rpartition(":")[2]
        line = self._line()
        if not self._stack and name != self._root:
            raise _OutOfBoundsError(
                f"The first element is '{name[:40]}'; the contract says '{self._root}'. Is this another file?",
                line,
            )
        if len(self._stack) >= _DEEPEST:
            raise _OutOfBoundsError(f"Elements lie more than {_DEEPEST} deep. That is not this return.", line)
        self._elements += 1
        if self._elements > _MOST_ELEMENTS:
            raise _OutOfBoundsError(
                f"One person has more than {_MOST_ELEMENTS} elements. That is not this return.", line
            )
        above = self._stack[-1] if self._stack else None
        if above and self._text:
            above.text += "".join(self._text)
        self._text.clear()
        self._names.append(name)
        node = Node(name, line, above)
        if self._inside:
            self._note_path(name)
        elif len(self._names) == len(self._record) and tuple(self._names) == self._record:
            self._inside = len(self._names)
            self._elements = 0
            self._path = []
        if self._inside != len(self._names) and above:
            above.children.setdefault(name, []).append(node)
        self._stack.append(node)
        self.top = self.top or node

    def endElement(self, name: str) -> None:  # noqa: N802 - the name is SAX's
        node = self._stack.pop()
        if self._text:
            node.text += "".join(self._text)
            self._text.clear()
        node.text = node.text.strip()
        if self._inside == len(self._names):
            self._inside = 0
            self._elements = 0
            node.above = None
            self._done.append(node)
        elif self._inside:
            self._path.pop()
        self._names.pop()

    def characters(self, content: str) -> None:
        self._text.append(content)
        if len(self._text) > 1000 and sum(map(len, self._text)) > _LONGEST_TEXT:
            raise _OutOfBoundsError(
                f"One value is longer than {_LONGEST_TEXT} characters. Narrative is not taken.", self._line()
            )

    def _note_path(self, name: str) -> None:
        path = f"{self._path[-1]}/{name}" if self._path else name
        self._path.append(path)
        self.paths.add(path)

    def _line(self) -> int:
        return (self._locator.getLineNumber() if self._locator else 0) or 0
