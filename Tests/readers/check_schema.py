"""Holds JSON files against a JSON schema: check_schema.py SCHEMA FILE…"""

import json
import sys

import jsonschema


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def main():
    schema, *files = sys.argv[1:]
    checker = jsonschema.Draft202012Validator
    checker.check_schema(load(schema))
    validator = checker(load(schema))
    wrong = [
        f"{path}: {error.json_path}: {error.message}"
        for path in files
        for error in validator.iter_errors(load(path))
    ]
    if wrong:
        raise SystemExit("\n".join(wrong))
    print(f"{len(files)} files follow {schema}")


if __name__ == "__main__":
    main()
