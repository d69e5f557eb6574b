"""Checks a file for the event display Phoenix as its loader reads it: phoenix.py FILE TRACKS-COLLECTION

The rules are those of HSF/phoenix: guides/developers/event_data_format.md, phoenix-loader.ts and
phoenix-objects.ts.
"""
import json
import math
import sys

with open(sys.argv[1]) as file:
    # Numbers as JavaScript takes them: every one is a double.
    events = json.load(file, parse_int=float)
collection = sys.argv[2]
assert isinstance(events, dict) and events


def triplet(place):
    return len(place) == 3 and all(isinstance(c, float) and math.isfinite(c) for c in place)


drawn = 0
for name, event in events.items():
    assert "event number" in event and "run number" in event
    names = [key for value in event.values() if isinstance(value, dict) for key in value]
    assert len(names) == len(set(names)), "collections have names of their own"
    assert set(key for key, value in event.items() if isinstance(value, dict)) <= {"Tracks", "Hits"}
    for tracks in event["Tracks"].values():
        assert tracks, "an empty collection ends the loading"
        for track in tracks:
            assert len(track["pos"]) >= 3 and all(map(triplet, track["pos"]))
            assert 0 <= int(track["color"], 16) <= 0xFFFFFF
            assert isinstance(track["track_id"], str) and int(track["track_id"]) >= 0
            assert isinstance(track.get("particle_id", ""), str)
            if "dparams" in track:
                d0, z0, phi, theta, q_over_p = track["dparams"]
                assert abs(phi) <= math.pi + 1e-6 and 0 < theta < math.pi and q_over_p != 0
                assert abs(track["eta"] + math.log(math.tan(theta / 2))) < 1e-3
                momentum = track["pT"] / math.sin(theta) * 1000
                assert abs(abs(1 / q_over_p) / momentum - 1) < 1e-2, (track["pT"], q_over_p)
    for hits in event["Hits"].values():
        assert hits and all(map(triplet, hits))
    drawn += len(event["Tracks"].get(collection, []))
print(f"{len(events)} events, {drawn} tracks")
