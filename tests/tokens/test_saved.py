"""A corpus on disk: all of it or nothing, never changed, and every damage is found."""

from __future__ import annotations

import copy
import errno
import gc
import json
import pickle
import shutil
import subprocess
import sys
import weakref

import numpy as np
import pandas as pd
import pytest

import discourse
from discourse.corpus import Corpus, plan
from discourse.tokens import LAYERS, Shards, open_tokens, tokenize
from discourse.tokens import saved as saved_module
from discourse.tokens.encoding import encode_blocks
from discourse.tokens.sealed import header

TEXT = "“Türkiye’s corridor” is a lifeline, he said. No orbit of Moscow — the U.S. and “allies” agree.\n\nA new one."


def corpus_of(*ids, text=TEXT):
    frame = pd.DataFrame({"text": [f"{text} {i}." for i in ids], "outlet": "A", "year": 2024}, index=list(ids))
    return Corpus.from_frame(frame)


@pytest.fixture
def tokens():
    return tokenize(corpus_of("a", "b", "c"))


@pytest.fixture
def folder(tokens, tmp_path):
    tokens.save(tmp_path / "saved")
    return tmp_path / "saved"


def files_of(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_what_is_opened_is_what_was_saved(tokens, folder):
    opened = open_tokens(folder)
    pd.testing.assert_frame_equal(opened.frame(), tokens.frame())
    pd.testing.assert_frame_equal(opened.corpus.documents, tokens.corpus.documents)
    pd.testing.assert_frame_equal(opened.corpus.zones, tokens.corpus.zones)
    pd.testing.assert_frame_equal(opened.types, tokens.types)
    pd.testing.assert_index_equal(opened.terms, tokens.terms)
    assert opened.corpus.texts.equals(tokens.corpus.texts)
    for name in ("ids", "starts", "doc_offsets", "term_codes", "type_counts"):
        assert np.array_equal(getattr(opened, name), getattr(tokens, name)), name
        assert getattr(opened, name).dtype == getattr(tokens, name).dtype, name
    for name in LAYERS:
        assert opened.layer(name).expand().tolist() == tokens.layer(name).expand().tolist(), name


def test_few_tokens_are_answered_as_all_are(tokens, folder):
    opened = open_tokens(folder)
    at = np.array([3, 0, 17])
    assert opened.ids_at(at).tolist() == tokens.ids[at].tolist()
    assert opened.starts_at(at).tolist() == tokens.starts[at].tolist()
    assert opened.ends_at(at).tolist() == tokens.ends_at(at).tolist()
    types = np.array([2, 5])
    assert opened.positions_of(types).tolist() == np.flatnonzero(np.isin(tokens.ids, types)).tolist()


def test_the_same_tokens_are_saved_to_the_same_bytes(tokens, folder, tmp_path):
    tokens.save(tmp_path / "again")
    for first, second in zip(files_of(folder), files_of(tmp_path / "again"), strict=True):
        assert first.name == second.name
        assert first.read_bytes() == second.read_bytes(), first.name


def test_opening_reads_no_array_and_no_text(folder, monkeypatch):
    def refuse(*arguments, **options):
        raise AssertionError("a block was read")

    monkeypatch.setattr("discourse.tokens.sealed.Sealed._check", refuse)
    opened = open_tokens(folder)
    assert repr(opened) == "Tokens(3 documents, 90 tokens, 26 types; saved)"
    assert len(opened) == 90
    assert len(opened.corpus) == 3
    with pytest.raises(AssertionError, match="a block was read"):
        opened.ids_at(np.array([0]))


def test_nothing_that_is_opened_can_be_changed(folder):
    opened = open_tokens(folder)
    for name in ("ids", "starts", "doc_offsets"):
        with pytest.raises(ValueError, match="read-only"):
            getattr(opened, name)[0] = 1


@pytest.mark.parametrize("ask", [discourse.hits, discourse.concordance], ids=lambda ask: ask.__name__)
def test_files_are_closed_when_nobody_needs_them(folder, ask):
    gc.disable()  # it would close them in the end, but a worker of a cluster has no room until then
    try:
        opened = open_tokens(folder)
        known = weakref.ref(opened)
        assert len(ask(opened, "lifeline")) == 3
        del opened
        assert known() is None
    finally:
        gc.enable()


def test_a_layer_of_ones_own_is_saved_too(tokens, tmp_path):
    spans = pd.DataFrame({"doc_id": ["b"], "start": [0], "end": [9]})
    tokens.with_layer("mine", spans).save(tmp_path / "saved")
    opened = open_tokens(tmp_path / "saved")
    assert opened.layers == (*LAYERS, "mine")
    assert opened.values("mine") == ["no", "yes"]
    assert opened.with_layer("other", spans).layers == (*LAYERS, "mine", "other")


def test_appending_adds_a_shard(tokens, folder):
    more = tokenize(corpus_of("d", text="Quite other words: orbit."))
    more.save(folder, append=True)
    opened = open_tokens(folder)
    assert isinstance(opened, Shards)
    assert repr(opened) == f"Shards(2 shards, 4 documents, {len(tokens) + len(more)} tokens)"
    assert list(opened.documents.index) == ["a", "b", "c", "d"]
    assert opened.text("d") == more.corpus.text("d")
    frames = pd.concat([tokens.frame(), more.frame()], ignore_index=True)
    pd.testing.assert_frame_equal(opened.frame(), frames)
    pd.testing.assert_frame_equal(opened.joined().frame(), frames)


def test_a_folder_that_holds_something_is_not_written_over(tokens, folder, tmp_path):
    with pytest.raises(ValueError, match=r"holds a saved corpus. Give append=True to add to it"):
        tokens.save(folder)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(ValueError, match=r"holds other files: 'thesis.txt'. Name a new or an empty folder"):
        tokens.save(tmp_path / "mine")
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"


def test_documents_that_do_not_fit_are_not_appended(tokens, folder):
    before = {file: file.read_bytes() for file in files_of(folder)}
    with pytest.raises(ValueError, match="has a document 'b' already"):
        tokenize(corpus_of("x", "b")).save(folder, append=True)
    with pytest.raises(ValueError, match="before have the columns 'outlet', 'year'"):
        tokenize(Corpus.from_frame(pd.DataFrame({"text": ["x"]}, index=["z"]))).save(folder, append=True)
    assert {file: file.read_bytes() for file in files_of(folder)} == before


# ── damage ───────────────────────────────────────────────────────────────────────────────────────────────────────


def read_everything(folder):
    opened = open_tokens(folder)
    for name in ("ids", "starts", "doc_offsets", "types", "terms", "term_codes", "postings", "vocabulary"):
        getattr(opened, name)
    opened.frame()
    return opened.corpus.texts, opened.corpus.zones


@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_one_changed_byte_anywhere_is_found(folder, place):
    for file in files_of(folder / "00000"):
        whole = bytearray(file.read_bytes())
        at = {"first": 0, "middle": len(whole) // 2, "last": len(whole) - 1}[place]
        whole[at] ^= 1
        file.write_bytes(whole)
        with pytest.raises(ValueError, match=rf"{file.name}.* not what was written. Copy the folder again"):
            read_everything(folder)
        whole[at] ^= 1
        file.write_bytes(whole)
    read_everything(folder)


def test_a_file_that_is_cut_off_or_missing_is_found_when_it_is_opened(folder):
    for file in files_of(folder / "00000"):
        whole = file.read_bytes()
        file.write_bytes(whole[:-1])
        with pytest.raises(ValueError, match=rf"{file.name}"):
            read_everything(folder)
        file.unlink()
        with pytest.raises(ValueError, match=rf"{file.name} is missing"):
            open_tokens(folder)
        file.write_bytes(whole)


def test_only_the_damaged_block_is_refused(tmp_path):
    tokenize(corpus_of("a", text=TEXT * 2000)).save(tmp_path / "saved")
    file = tmp_path / "saved" / "00000" / "ids.npy"
    whole = bytearray(file.read_bytes())
    whole[-1] ^= 1
    file.write_bytes(whole)
    opened = open_tokens(tmp_path / "saved")
    assert opened.ids_at(np.array([0])).tolist() == [0]
    with pytest.raises(ValueError, match=r"ids.npy: what stands from byte [\d,]+ on is not what was written"):
        opened.ids_at(np.array([len(opened) - 1]))


def test_only_the_damaged_text_is_refused(tmp_path):
    corpus = corpus_of("a", "b", "c", text=TEXT * 500)
    tokenize(corpus).save(tmp_path / "saved")
    file = tmp_path / "saved" / "00000" / "texts.arrow"
    whole = bytearray(file.read_bytes())
    whole[whole.rfind(b" b.")] ^= 1
    file.write_bytes(whole)
    opened = open_tokens(tmp_path / "saved")
    assert opened.corpus.text("a") == corpus.text("a")
    assert opened.slices(np.array([0]), np.array([3]), np.array([11])).to_pylist() == ["Türkiye"]
    for read in (lambda: opened.corpus.text("b"), lambda: opened.corpus.texts):
        with pytest.raises(ValueError, match=r"texts.arrow: what stands from byte [\d,]+ on is not what was written"):
            read()


@pytest.mark.parametrize("ask", ["edges", "codes_at"])
@pytest.mark.parametrize("values", [0, 2**31 - 1])
def test_a_search_that_comes_across_damage_is_right_or_refused(tmp_path, values, ask):
    tokens = tokenize(Corpus.from_frame(pd.DataFrame({"text": ["One two. " * 5_000]})))
    tokens.save(tmp_path / "saved")
    file = tmp_path / "saved" / "00000" / "layer-sentence-starts.npy"
    content = bytearray(file.read_bytes())
    half = len(content) // 2 // 4 * 4
    content[half : half + 4096] = np.full(1024, values, np.int32).tobytes()
    file.write_bytes(content)
    answers = [_right(tmp_path / "saved", tokens, ask, at) for at in range(0, len(tokens), 250)]
    assert False not in answers
    assert 2 < answers.count(None) < len(answers) - 10


def _right(folder, tokens, ask, at):
    """Whether a saved layer says of a token what the layer says that was saved; None where the answer is refused."""
    layers = (own.layer("sentence") for own in (open_tokens(folder), tokens))
    try:
        found, expected = (getattr(layer, ask)(np.array([at])) for layer in layers)
    except ValueError as error:
        return None if "starts.npy: what stands from byte" in str(error) else False
    return np.array_equal(found, expected)


def test_a_manifest_that_is_none_or_of_another_version_is_named(folder, tmp_path):
    with pytest.raises(ValueError, match=r"nowhere holds no saved corpus. Save one there"):
        open_tokens(tmp_path / "nowhere")
    manifest = folder / "manifest.json"
    content = json.loads(manifest.read_text())
    manifest.write_text(json.dumps(content | {"version": 99}))
    with pytest.raises(ValueError, match="version 99 of the format was written by another release"):
        open_tokens(folder)
    manifest.write_text("{")
    with pytest.raises(ValueError, match="this is no manifest of a saved corpus"):
        open_tokens(folder)


# ── interruption ─────────────────────────────────────────────────────────────────────────────────────────────────


def _encode(tokens, folder):
    encode_blocks(plan(tokens.corpus), folder)


class Interrupted(BaseException):
    """As Ctrl-C, at a place of our choice."""


@pytest.mark.parametrize("call", ["write_shard", "write_table", "_seal", "write_manifest", "checksums"])
def test_an_interrupted_save_leaves_nothing_that_opens(tokens, tmp_path, monkeypatch, call):
    def interrupt(*arguments, **options):
        raise Interrupted

    place = "discourse.tokens.shards" if call in ("write_shard", "write_manifest") else "discourse.tokens.saved"
    with monkeypatch.context() as patch:
        patch.setattr(f"{place}.{call}", interrupt)
        with pytest.raises(Interrupted):
            tokens.save(tmp_path / "saved")
    with pytest.raises(ValueError, match="holds no saved corpus"):
        open_tokens(tmp_path / "saved")
    tokens.save(tmp_path / "saved")
    pd.testing.assert_frame_equal(open_tokens(tmp_path / "saved").frame(), tokens.frame())
    assert not list((tmp_path / "saved").glob(f"*{saved_module.UNFINISHED}"))


@pytest.mark.parametrize("call", ["write_shard", "write_manifest"])
def test_an_interrupted_append_leaves_what_was_there(tokens, folder, monkeypatch, call):
    def interrupt(*arguments, **options):
        raise Interrupted

    more = tokenize(corpus_of("d"))
    with monkeypatch.context() as patch:
        patch.setattr(f"discourse.tokens.shards.{call}", interrupt)
        with pytest.raises(Interrupted):
            more.save(folder, append=True)
    pd.testing.assert_frame_equal(open_tokens(folder).frame(), tokens.frame())
    more.save(folder, append=True)
    assert list(open_tokens(folder).documents.index) == ["a", "b", "c", "d"]


@pytest.mark.parametrize("write", [lambda tokens, folder: tokens.save(folder), _encode])
@pytest.mark.parametrize("what", [OSError(errno.ENOSPC, "No space left on device"), Interrupted()])
def test_a_disk_without_room_is_named_and_nothing_is_left_on_it(tokens, tmp_path, monkeypatch, write, what):
    def fail(file, array, **options):
        if file.name == "postings.npy":
            raise what

    target = tmp_path / "saved"
    with monkeypatch.context() as patch:
        patch.setattr("numpy.save", fail)
        with pytest.raises(type(what)) as error:
            write(tokens, target)
    if isinstance(what, OSError):
        assert str(error.value) == (
            f"{target} cannot be written: No space left on device. Make room, or name a place where you may write."
        )
    assert not list(target.iterdir())


def test_shards_that_were_complete_go_when_encoding_fails(tokens, tmp_path):
    blocks = [*plan(tokens.corpus), *plan(tokens.corpus)]
    with pytest.raises(ValueError, match="occurs twice in the source"):
        encode_blocks(blocks, tmp_path / "saved")
    assert not list((tmp_path / "saved").iterdir())


def test_a_folder_below_a_file_and_a_url_are_no_places_to_save(tokens, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(NotADirectoryError, match=r"notes\.txt/saved cannot be written: Not a directory\. Make room"):
        tokens.save("notes.txt/saved")
    for call in (tokens.save, open_tokens, lambda folder: discourse.encode("notes.txt", folder)):
        with pytest.raises(ValueError, match=r"folder must be on a disk.*got the URL 's3://news/saved'\. Name a local"):
            call("s3://news/saved")
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_corpus_that_is_deleted_while_it_is_open_is_said_to_be_missing(folder):
    opened = open_tokens(folder)
    shutil.rmtree(folder)
    with pytest.raises(ValueError, match=r"checksums\.npy is missing\. Copy the folder again"):
        opened.frame()


@pytest.mark.parametrize("write", [lambda tokens, folder: tokens.save(folder, append=True), _encode])
def test_two_do_not_write_to_one_folder_at_once(tokens, folder, write):
    more = tokenize(corpus_of("d"))
    with saved_module.alone(folder), pytest.raises(ValueError, match=r"being written to by somebody else\. Wait until"):
        write(more, folder)
    more.save(folder, append=True)
    assert list(open_tokens(folder).documents.index) == ["a", "b", "c", "d"]


def test_the_arrays_of_a_corpus_in_memory_are_read_only_too(tokens):
    for array in (tokens.ids, tokens.starts, tokens.doc_offsets):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_nothing_is_saved_onto_a_file(tokens, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(ValueError, match=r"notes\.txt is a file\. Name a new or an empty folder"):
        tokens.save(tmp_path / "notes.txt")
    assert (tmp_path / "notes.txt").read_text() == "mine"
    for call in (tokens.save, open_tokens):
        with pytest.raises(ValueError, match=r"folder must be the path of a saved corpus; got a Tokens"):
            call(tokens)


def test_a_killed_process_leaves_nothing_that_opens(tmp_path):
    code = (
        "import sys, time, pandas as pd, discourse as ds\n"
        "from discourse.tokens import saved\n"
        "saved._seal = lambda folder: (print('written', flush=True), time.sleep(600))\n"
        "ds.tokenize(ds.read_corpus(pd.DataFrame({'text': ['A war of words.']}))).save(sys.argv[1])"
    )
    target = tmp_path / "saved"
    with subprocess.Popen([sys.executable, "-c", code, str(target)], stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"written\n"
        process.kill()
    assert any(target.glob("*/*.npy"))
    for left in target.iterdir():
        with pytest.raises(ValueError, match=r"Saving was interrupted before anything was complete"):
            open_tokens(target)
        left.rename(target / "00000")  # as a shard that was complete when the next one was not begun
    with pytest.raises(ValueError, match=r"Saving was interrupted before anything was complete"):
        open_tokens(target)


def test_no_file_needs_pickle(folder):
    for file in folder.rglob("*.npy"):
        np.load(file, allow_pickle=False)


def test_opening_parses_no_python(folder, tokens, monkeypatch):
    """Python 3.11 before 3.11.8 at times refuses to parse in two threads at once, and shards are opened in threads."""
    monkeypatch.setattr("ast.literal_eval", lambda _: pytest.fail("Python was parsed."))
    opened = open_tokens(folder)
    assert opened.ids.tolist() == tokens.ids.tolist()
    assert opened.starts.dtype == np.uint32


def test_a_header_that_is_none_is_named():
    with pytest.raises(ValueError, match=r"The header of an array is .*Copy the folder again"):
        header(memoryview(b"\x93NUMPY\x01\x00\x04\x00{}  ".ljust(64)))


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda tokens: pickle.loads(pickle.dumps(tokens))])
def test_what_has_answered_questions_can_be_copied_and_sent_to_other_processes(tokens, folder, copied):
    tokenize(corpus_of("d")).save(folder.parent / "two")
    tokenize(corpus_of("e")).save(folder.parent / "two", append=True)
    spans = pd.DataFrame({"doc_id": ["a"], "start": [0], "end": [9]})
    more = open_tokens(folder).with_layer("lead", spans)
    voices = open_tokens(folder).with_voices(discourse.voice_passages(tokens).head(1))
    for own in (tokens, open_tokens(folder), more, voices, open_tokens(folder.parent / "two")):
        before = discourse.hits(own, ["=U.S.", "corridor"])
        again = copied(own)
        pd.testing.assert_frame_equal(discourse.hits(again, ["=U.S.", "corridor"]), before)
        pd.testing.assert_frame_equal(again.frame(), own.frame())
