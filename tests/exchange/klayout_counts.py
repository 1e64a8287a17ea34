# klayout -b -r klayout_counts.py -rd in=FILE -rd out=FILE [-rd lef=FILE,FILE -rd dbu=UM]
# Writes for each layer how many shapes it has, and the box round them.
import pya

options = pya.LoadLayoutOptions()
if "lef" in globals():
    config = options.lefdef_config
    config.lef_files = lef.split(",")
    config.read_lef_with_def = False
    config.produce_cell_outlines = True
    config.dbu = float(dbu)
    options.lefdef_config = config
layout = pya.Layout()
layout.read(globals()["in"], options)
top = layout.top_cell()
with open(out, "w") as file:
    for index in layout.layer_indexes():
        info = layout.get_info(index)
        shapes = pya.Region(top.begin_shapes_rec(index))
        shapes.merged_semantics = False
        box = shapes.bbox()
        name = "%d/%d" % (info.layer, info.datatype)
        file.write("%s %d %d %d %d %d\n" % (name, shapes.count(), box.left, box.bottom, box.right, box.top))
