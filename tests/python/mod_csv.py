import csv
import io

text = 'id,name,note\r\n1,"Ann ""A"" B","line\none"\r\n2,Bo,\r\n'
print(list(csv.reader(io.StringIO(text, newline=""))))
for row in csv.DictReader(io.StringIO(text, newline="")):
    print(row)
out = io.StringIO()
w = csv.DictWriter(out, ["a", "b"])
w.writeheader()
w.writerow({"a": "x,y", "b": None})
w.writerow({"a": 1.5, "b": 'q"'})
print(repr(out.getvalue()))
try:
    w.writerow({"c": 1})
except ValueError as e:
    print(e)
print(list(csv.reader(["a;b;'c;d'"], delimiter=";", quotechar="'")))
